import { hash } from 'node:crypto';

/** A name-based UUID (RFC 9562, version 8): 48 bits of time prefix, the rest from SHA-256 of the parts. */
export function nameBased(prefix: string, ...parts: readonly string[]): string {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = '89ab'[Number.parseInt(hex[3]!, 16) & 3]!;
  return `${prefix.slice(0, 8)}-${prefix.slice(8, 12)}-8${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}

/** The time prefix of a UUID, or of an id that starts with one: its first 48 bits as hex. */
export const timePrefix = (id: string): string => id.slice(0, 8) + id.slice(9, 13);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Lower-case hyphenated UUID of any version. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** A position token: log name, epoch and event number, as `intake.main@1:42`. */
export interface Position {
  readonly log: string;
  readonly epoch: number;
  readonly g: number;
}

export const positionToken = ({ log, epoch, g }: Position): string => `${log}@${epoch}:${g}`;

export function parsePosition(token: string): Position | null {
  const [, log, epoch, g] = /^([a-z0-9.-]{1,100})@(\d{1,9}):(\d{1,15})$/.exec(token) ?? [];
  return log ? { log, epoch: Number(epoch), g: Number(g) } : null;
}
