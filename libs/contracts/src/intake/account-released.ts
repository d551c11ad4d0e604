import { IsNotEmpty, IsString } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class AccountReleasedV1 {
  @IsNotEmpty() @IsString() accountId!: string;
  /** Who held it. */
  @IsNotEmpty() @IsString() customerId!: string;
}

/** Nobody is known to hold the account any more. Recorded by intake when an import leaves it out. */
export const AccountReleased = defineEvent({
  type: 'intake.account-released',
  version: 1,
  visibility: 'service',
  data: AccountReleasedV1,
  key: 'accountId',
  says: {
    en: 'Account {accountId} is held by customer {customerId} no more.',
    zh: '客户 {customerId} 不再是户号 {accountId} 的户主。',
  },
});
export type AccountReleased = EventFrom<typeof AccountReleased>;
