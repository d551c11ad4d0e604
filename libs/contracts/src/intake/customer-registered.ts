import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsNotEmpty,
  IsOptional,
  IsString,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class CustomerRegisteredV1 {
  /** The number in the system that masters customers. */
  @IsNotEmpty() @IsString() customerId!: string;
  /** The data subject: `customer-<tenant>-<customerId>`. */
  @IsNotEmpty() @IsString() personId!: string;
  @IsArray() @ArrayMaxSize(200) @IsString({ each: true }) accountIds!: string[];
  /** Accounts that an earlier state of the record had and this one has not. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  releasedAccountIds?: string[];
  @IsBoolean() isPriority!: boolean;
  /** What the other system calls this state of the record: the same one told again changes nothing. */
  @IsOptional() @IsString() revision?: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() phone?: string;
  @IsOptional() @IsString() priorityReason?: string;
}

/**
 * A customer as another system masters them, new or changed. Recorded by intake on import. Public, so that a crew can
 * be told why a customer goes first.
 */
export const CustomerRegistered = defineEvent({
  type: 'intake.customer-registered',
  version: 1,
  visibility: 'public',
  data: CustomerRegisteredV1,
  key: 'customerId',
  personal: { personId: { name: 'name', phone: 'phone', priorityReason: 'text' } },
  says: { en: 'Customer {customerId} was registered.', zh: '客户 {customerId} 已登记。' },
});
export type CustomerRegistered = EventFrom<typeof CustomerRegistered>;
