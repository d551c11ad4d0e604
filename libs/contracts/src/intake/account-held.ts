import { IsNotEmpty, IsString } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class AccountHeldV1 {
  /** The number in the system that masters accounts. */
  @IsNotEmpty() @IsString() accountId!: string;
  @IsNotEmpty() @IsString() customerId!: string;
}

/** A customer holds the account from now on, whoever held it before. Recorded by intake on import. */
export const AccountHeld = defineEvent({
  type: 'intake.account-held',
  version: 1,
  visibility: 'service',
  data: AccountHeldV1,
  key: 'accountId',
  says: {
    en: 'Account {accountId} is held by customer {customerId}.',
    zh: '户号 {accountId} 的户主为客户 {customerId}。',
  },
});
export type AccountHeld = EventFrom<typeof AccountHeld>;
