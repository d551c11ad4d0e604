import { createHmac, type KeyObject } from 'node:crypto';

/** JSON with its keys in order: two bodies that say the same give the same text. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  const pairs = Object.keys(fields)
    .filter((name) => fields[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`);
  return `{${pairs.join(',')}}`;
}

/** Keyed, so that nobody who reads the log can guess a phone number out of the fingerprint of a request. */
export const fingerprintOf = (
  key: KeyObject,
  request: { readonly route: string; readonly params: unknown; readonly body: unknown },
): string =>
  createHmac('sha256', key)
    .update(canonical([request.route, request.params, request.body]))
    .digest('base64url');
