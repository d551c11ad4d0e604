import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { CustomerRegistered } from '@shouwen/contracts';
import { customers, customerStreamId, personIdOf } from './customer.js';

/** A customer as another system has them; told again under the same revision it changes nothing. */
export class RegisterCustomer extends Command {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/) customerId!: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  accountIds?: string[];
  @IsOptional() @IsString() @MaxLength(100) name?: string;
  @IsOptional() @IsString() @MaxLength(40) phone?: string;
  @IsOptional() @IsBoolean() isPriority?: boolean;
  @IsOptional() @IsString() @MaxLength(500) priorityReason?: string;
  @IsOptional() @IsString() @MaxLength(64) revision?: string;
}

export const registerCustomer = handlesAcross({
  command: RegisterCustomer,
  stream: customers,
  reads: (c, { actor }) => [at(customers, customerStreamId(actor.tenant, c.customerId))],
  decide: (read, command, { actor }) => {
    const { customerId, accountIds, name, phone, isPriority, priorityReason, revision } = command;
    const id = customerStreamId(actor.tenant, customerId);
    const customer = read(customers, id);
    if (customer.status === 'registered' && revision && customer.revision === revision) return [];
    const before = customer.status === 'registered' ? customer.accountIds : [];
    const released = before.filter((one) => !accountIds?.includes(one));
    return [
      write(customers, id, [
        CustomerRegistered({
          customerId,
          personId: personIdOf(actor.tenant, customerId),
          accountIds: accountIds ?? [],
          ...(released.length ? { releasedAccountIds: released } : {}),
          isPriority: isPriority ?? false,
          ...(revision ? { revision } : {}),
          ...(name ? { name } : {}),
          ...(phone ? { phone } : {}),
          ...(priorityReason ? { priorityReason } : {}),
        }),
      ]),
    ];
  },
});
