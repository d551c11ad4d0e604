import { randomBytes } from 'node:crypto';
import { Refused, type Service } from '@shouwen/engine';
import { keepsAccounts, type Accounts, type Send } from './accounts.js';
import type { Installation } from './installation.js';

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

/** Sends what a new installation starts with; `services` are those whose part is still missing. */
export type Seed = (send: Send, services: readonly Service[]) => Promise<void>;

export interface FirstStart {
  readonly installation: Installation;
  readonly accounts: Accounts;
  readonly send: Send;
  readonly adminPassword?: string;
  /** True where a password made here would be seen by nobody: several processes start at once, and their output is kept. */
  readonly isPasswordNeeded: boolean;
  readonly seed?: Seed;
  readonly settle: () => Promise<void>;
}

/**
 * What a new installation gets once: the administrator and whatever `seed` sends. The mark is written at the end; a
 * start that was killed before it does everything again, under the same keys. Answers the password to show, if one was
 * made; null where nothing was to do.
 */
export async function firstStart(options: FirstStart): Promise<{ password?: string } | null> {
  const { installation, send, seed, settle } = options;
  const services = await installation.unstarted();
  if (services.length === 0) return null;
  const begun = services.some(keepsAccounts) ? await administrator(options) : {};
  await seed?.(send, services);
  await settle();
  await installation.finish(services);
  return begun;
}

async function administrator(options: FirstStart): Promise<{ password?: string }> {
  const { accounts, adminPassword, isPasswordNeeded } = options;
  if (adminPassword === undefined && isPasswordNeeded)
    throw new Refused(
      'ADMIN_PASSWORD is missing: the first start on servers gives it to admin. Set it, or ADMIN_PASSWORD_FILE.',
    );
  const password = adminPassword ?? randomBytes(12).toString('base64url');
  await accounts.register(
    ADMIN,
    '/',
    ADMIN_ROLES.map((role) => ({ role, unit: '/' })),
  );
  await accounts.setPassword(ADMIN, password);
  return adminPassword === undefined ? { password } : {};
}
