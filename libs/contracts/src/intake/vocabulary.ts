// Lists that intake's contracts and everybody who reads them agree on.
import { UTILITIES } from '../utility.js';

export const CHANNELS = ['phone', 'window', 'web'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `unknown`: nobody could tell yet whose matter it is; only an unclassified ticket has it. */
export const TICKET_UTILITIES = [...UTILITIES, 'unknown'] as const;
export type TicketUtility = (typeof TICKET_UTILITIES)[number];

export const CATEGORIES = [
  'emergency',
  'repair',
  'complaint',
  'consultation',
  'tip-off',
  'suggestion',
  'application',
  'unclassified',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The type of a ticket that nobody has classified yet. It has no clocks and cannot be closed. */
export const UNCLASSIFIED = 'unclassified';

/** How a contact ended: it left matters, was answered on the spot, or was none of ours. */
export const DISPOSITIONS = [
  'matters',
  'answered',
  'wrong-number',
  'harassment',
  'dead-line',
  'inaudible',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Why a gate's evidence cannot exist. Codes, so that each reason is counted apart. */
export const IMPOSSIBLE_REASONS = ['anonymous', 'no-phone', 'not-reached', 'refused'] as const;
export type ImpossibleReason = (typeof IMPOSSIBLE_REASONS)[number];

/** Why the role of first-contact owner passed on. */
export const HAND_OVER_CAUSES = [
  'instructed',
  'signed-for',
  'names-owner',
  'owner-left',
  'post-held',
] as const;
export type HandOverCause = (typeof HAND_OVER_CAUSES)[number];

/** What a customer says of one aspect in a callback. */
export const RATINGS = ['good', 'fair', 'poor'] as const;
export type Rating = (typeof RATINGS)[number];

/** The parts that people play in a ticket. They may be one person or three. */
export const TICKET_PERSONS = ['caller', 'affected', 'account-holder'] as const;
export type TicketPerson = (typeof TICKET_PERSONS)[number];

/** How we know that somebody is who they say. `not-verified`: it was asked for and could not be done. */
export const VERIFICATIONS = [
  'account-number',
  'account-details',
  'registered-number',
  'callback-to-registered-number',
  'identity-document',
  'written-authority',
  'signed-in',
  'voice',
  'on-site',
  'not-verified',
] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** How it came out that a ticket concerns a priority customer. */
export const PRIORITY_CAUSES = ['priority-registered', 'priority-told'] as const;
export type PriorityCause = (typeof PRIORITY_CAUSES)[number];
