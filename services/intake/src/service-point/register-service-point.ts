import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { ServicePointRegistered, UTILITIES, type Utility } from '@shouwen/contracts';
import { personIdOf } from '../customer/customer.js';
import { servicePoints, servicePointStreamId } from './service-point.js';

/** A service point as another system has it; told again under the same revision it changes nothing. */
export class RegisterServicePoint extends Command {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/) servicePointId!: string;
  @IsIn(UTILITIES) utility!: Utility;
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/) gridCode?: string;
  @IsOptional() @IsString() @MaxLength(64) accountId?: string;
  @IsOptional() @IsString() @MaxLength(64) customerId?: string;
  @IsOptional() @IsString() @MaxLength(200) address?: string;
  @IsOptional() @IsString() @MaxLength(64) revision?: string;
}

export const registerServicePoint = handlesAcross({
  command: RegisterServicePoint,
  stream: servicePoints,
  reads: (c, { actor }) => [
    at(servicePoints, servicePointStreamId(actor.tenant, c.servicePointId)),
  ],
  decide: (read, command, { actor }) => {
    const { servicePointId, utility, gridCode, accountId, customerId, address, revision } = command;
    const id = servicePointStreamId(actor.tenant, servicePointId);
    const point = read(servicePoints, id);
    if (point.status === 'registered' && revision && point.revision === revision) return [];
    return [
      write(servicePoints, id, [
        ServicePointRegistered({
          servicePointId,
          utility,
          ...(gridCode ? { gridCode } : {}),
          ...(accountId ? { accountId } : {}),
          ...(customerId ? { customerId } : {}),
          ...(revision ? { revision } : {}),
          subjectId: customerId
            ? personIdOf(actor.tenant, customerId)
            : `place-${actor.tenant}-${servicePointId}`,
          ...(address ? { address } : {}),
        }),
      ]),
    ];
  },
});
