import { createHash } from 'node:crypto';

/**
 * An Idempotency-Key that the same parts give again: UUID version 8 (RFC 9562), its first 48 bits the milliseconds
 * of an instant, the rest from SHA-256 of the parts. Whoever sends the same wish twice sends the same key, and the
 * platform answers the second one from memory.
 */
export function idempotencyKey(instant: string, ...parts: readonly string[]): string {
  const ms = Math.max(0, Date.parse(instant));
  if (!Number.isFinite(ms)) throw new Error(`"${instant}" is no instant`);
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
