import { IsIn, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { UTILITIES, type Utility } from '../utility.js';

class ServicePointRegisteredV1 {
  /** The number in the system that masters service points. */
  @IsNotEmpty() @IsString() servicePointId!: string;
  @IsIn(UTILITIES) utility!: Utility;
  @IsOptional() @IsString() gridCode?: string;
  @IsOptional() @IsString() accountId?: string;
  @IsOptional() @IsString() customerId?: string;
  @IsOptional() @IsString() revision?: string;
  /** The data subject: the customer where there is one, else the place itself. */
  @IsNotEmpty() @IsString() subjectId!: string;
  @IsOptional() @IsString() address?: string;
}

/** A point where a utility is handed over, as another system masters it. Recorded by intake on import. */
export const ServicePointRegistered = defineEvent({
  type: 'intake.service-point-registered',
  version: 1,
  visibility: 'service',
  data: ServicePointRegisteredV1,
  key: 'servicePointId',
  personal: { subjectId: { address: 'address' } },
  says: {
    en: 'Service point {servicePointId} was registered.',
    zh: '用能点 {servicePointId} 已登记。',
  },
});
export type ServicePointRegistered = EventFrom<typeof ServicePointRegistered>;
