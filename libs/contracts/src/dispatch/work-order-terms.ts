import { IsInt, IsNotEmpty, IsString, Matches, MaxLength, Min } from 'class-validator';

/** How a job ended: supply restored, answered, a fault on the customer's side, or not restored yet. */
export const OUTCOMES = ['restored', 'answered', 'customer-side', 'not-restored'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The customer's signature on the work sheet. `refused` needs a witness; `not-asked` only where none is due. */
export const SIGNATURES = ['signed', 'refused', 'not-asked'] as const;
export type Signature = (typeof SIGNATURES)[number];

export const RETURN_REASONS = [
  'not-ours',
  'wrong-address',
  'wrong-type',
  'no-capacity',
  'unsafe',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Plain sight, and never the customer's own door. */
export const CARD_PLACES = [
  'letterbox',
  'meter-box',
  'stairwell-board',
  'building-entrance',
  'gatehouse',
  'neighbour',
] as const;
export type CardPlace = (typeof CARD_PLACES)[number];

/** Why a ticket needs a work order no more. */
export const ENDINGS = ['ticket-closed', 'reclassified', 'merged', 'not-needed'] as const;
export type Ending = (typeof ENDINGS)[number];

/** A photo or scan in the file store. */
export class FileRef {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @Matches(/^[\w.+-]+\/[\w.+-]+$/) type!: string;
  @IsInt() @Min(1) size!: number;
  /** SHA-256 of the content, lower-case hex. */
  @Matches(/^[0-9a-f]{64}$/) hash!: string;
}
