import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { answers, Query } from '@shouwen/engine';
import { customersView, type CustomerDocument } from '../views/customers.view.js';
import { phoneTrait } from './traits.js';

/** Whose line is this? */
export class KnownCallers extends Query {
  @IsNotEmpty() @IsString() @MaxLength(40) phone!: string;
}

/** Customers registered with that number. `personId` is what a contact takes as `callerId`. */
export const knownCallers = answers(KnownCallers, async ({ phone }, reader) => {
  const { items } = await reader.find<CustomerDocument>(customersView, {
    where: { phone: { is: reader.blind(phoneTrait(phone)) } },
    limit: 10,
  });
  return {
    customers: items.map(({ phone: _hash, ...customer }) => customer),
  };
});
