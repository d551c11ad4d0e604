import { IsBoolean, IsNotEmpty, IsString } from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { AccountHeld, AccountReleased } from '@shouwen/contracts';
import { accountHolderIdOf, accountHolders } from './account-holder.js';

/** A registration said that this customer holds the account, or does so no more. Sent by a reaction only. */
export class NoteAccountHolder extends Command {
  @IsNotEmpty() @IsString() accountId!: string;
  @IsNotEmpty() @IsString() customerId!: string;
  @IsBoolean() isHeld!: boolean;
}

/** Who gives up what another has taken over meanwhile changes nothing: registrations come in any order. */
export const noteAccountHolder = handlesAcross({
  command: NoteAccountHolder,
  stream: accountHolders,
  reads: ({ accountId }, { actor }) => [
    at(accountHolders, accountHolderIdOf(actor.tenant, accountId)),
  ],
  decide(read, { accountId, customerId, isHeld }, { actor }) {
    const id = accountHolderIdOf(actor.tenant, accountId);
    const holder = read(accountHolders, id);
    const isTheirs = holder.status === 'held' && holder.customerId === customerId;
    if (isTheirs === isHeld) return [];
    const note = isHeld ? AccountHeld : AccountReleased;
    return [write(accountHolders, id, [note({ accountId, customerId })])];
  },
});
