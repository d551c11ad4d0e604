import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts, Send } from './accounts.js';

const MARK = 'first-start.json';
const ADMIN = 'admin';

/** Acting and looking are separate rights: the administrator runs the platform and may read what others work on. */
const ADMIN_ROLES = [
  'administrator',
  'call-taker',
  'window-clerk',
  'dispatcher',
  'crew',
  'supervisor',
  'duty-leader',
  'supervision-office',
  'quality-inspector',
  'analyst',
  'auditor',
  'integration',
];

export interface FirstStart {
  readonly directory: string;
  readonly accounts: Accounts;
  readonly send: Send;
  readonly adminPassword?: string;
  readonly seed?: (send: Send) => Promise<void>;
  readonly settle: () => Promise<void>;
}

/**
 * What a new directory gets once: the administrator and whatever `seed` sends. The mark is written at the end; a start
 * that was killed before it does everything again, under the same keys. Answers the password to show, if one was made.
 */
export async function firstStart(options: FirstStart): Promise<{ password?: string } | null> {
  const { directory, accounts, send, adminPassword, seed, settle } = options;
  const mark = join(directory, MARK);
  if (existsSync(mark)) return null;
  await accounts.register(
    ADMIN,
    '/',
    ADMIN_ROLES.map((role) => ({ role, unit: '/' })),
  );
  const password = adminPassword ?? randomBytes(12).toString('base64url');
  await accounts.setPassword(ADMIN, password);
  await seed?.(send);
  await settle();
  const handle = openSync(mark, 'w', 0o600);
  writeSync(handle, JSON.stringify({ finishedAt: new Date().toISOString() }));
  fsyncSync(handle);
  closeSync(handle);
  return adminPassword === undefined ? { password } : {};
}
