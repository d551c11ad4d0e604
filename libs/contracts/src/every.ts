// The whole vocabulary as one list: what audit reads, and what specs hold to the rules for contracts.
import type { EventContract } from '@shouwen/engine';
import * as dispatch from './dispatch/index.js';
import * as intake from './intake/index.js';
import * as notifications from './notifications/index.js';

const isContract = (exported: unknown): exported is EventContract =>
  typeof exported === 'function' && 'type' in exported && 'says' in exported;

/** Every event contract of every service, in the order of their wire names. */
export const everyContract: readonly EventContract[] = [intake, dispatch, notifications]
  .flatMap((service) => Object.values(service) as unknown[])
  .filter(isContract)
  .sort((a, b) => (a.type < b.type ? -1 : 1));
