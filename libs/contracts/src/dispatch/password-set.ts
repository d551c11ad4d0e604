import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsOptional, IsString, Matches } from 'class-validator';
import { STAFF_NUMBER } from './unit-path.js';

class PasswordSetV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  @IsString() staffId!: string;
  /** Salted scrypt hash with its parameters, as text; sealed, so that no timeline and no backup shows it. */
  @IsOptional() @IsString() passwordHash?: string;
}

/**
 * A staff member signs in with another password from now on. Absent hash: nobody can sign in as them. Sent by dispatch,
 * and public so that a service in a process of its own ends tokens that were made with the password before.
 */
export const PasswordSet = defineEvent({
  type: 'dispatch.password-set',
  version: 1,
  visibility: 'public',
  data: PasswordSetV1,
  key: 'staff',
  personal: { staffId: { passwordHash: 'text' } },
  says: { en: 'The password of {staff} was set.', zh: '员工{staff}的登录密码已设置。' },
});
export type PasswordSet = EventFrom<typeof PasswordSet>;
