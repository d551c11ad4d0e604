import { PasswordSet, STAFF_NUMBER } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { Matches } from 'class-validator';
import { refuseInactive, staff, subjectOf } from './staff.js';

/** Salted scrypt with its cost: `scrypt$N$r$p$salt$hash`. */
const PASSWORD_HASH = /^scrypt\$\d{4,7}\$\d{1,2}\$\d{1,2}\$[\w-]{16,}\$[\w-]{43,}$/;

/**
 * Somebody signs in with another password from now on. It has no route: the edge checks the old password, hashes the
 * new one and sends this, so that no plain password ever comes near the log.
 */
export class SetPassword extends Command {
  @Matches(STAFF_NUMBER) staff!: string;
  @Matches(PASSWORD_HASH) passwordHash!: string;
}

export const setPassword = handles(SetPassword, staff, (person, command) => {
  const { staff: number, passwordHash } = command;
  refuseInactive(person, number, 'staff');
  return [PasswordSet({ staff: number, staffId: subjectOf(number), passwordHash })];
});
