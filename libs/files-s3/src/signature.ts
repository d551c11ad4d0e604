// AWS Signature Version 4, of which a store of files needs little: https://docs.aws.amazon.com/AmazonS3/latest/API/
// sig-v4-header-based-auth.html and sigv4-streaming.html. Proved by the examples of those pages, and by a server that
// checks signatures.
import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

export interface Signable {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case; `host` is added. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Lower-case hex SHA-256 of the body, or `IN_CHUNKS`. */
  readonly bodyHash: string;
}

export interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  /** Frames the next piece of a body in chunks; an empty one ends it. */
  chunk(piece: Uint8Array): Buffer;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
/**
 * The body is on its way while the head is signed, so each piece is signed by itself, and the end too: a server that
 * takes a connection that broke for the end of a body would else keep half of it.
 */
export const IN_CHUNKS = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
export const EMPTY_BODY = createHash('sha256').digest('hex');
/** Bytes of every piece but the last. */
export const PIECE = 65_536;

const hashOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

export function sign(
  { method, url, headers, now, bodyHash }: Signable,
  { accessKey, secretKey, region }: Credentials,
): Signed {
  const at = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': at,
  };
  const names = Object.keys(all).sort();
  const request = [
    method,
    pathOf(url),
    queryOf(url),
    ...names.map((name) => `${name}:${all[name]!.trim()}`),
    '',
    names.join(';'),
    bodyHash,
  ].join('\n');
  const day = at.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
    hmac,
    Buffer.from(`AWS4${secretKey}`),
  );
  const signatureOf = (...lines: readonly string[]) => hmac(key, lines.join('\n')).toString('hex');
  let signature = signatureOf(ALGORITHM, at, scope, hashOf(request));
  const authorization = `${ALGORITHM} Credential=${accessKey}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return {
    headers: { ...all, authorization },
    chunk(piece) {
      const kind = `${ALGORITHM}-PAYLOAD`;
      signature = signatureOf(kind, at, scope, signature, EMPTY_BODY, hashOf(piece));
      return Buffer.concat([frame(piece.byteLength, signature), piece, END_OF_LINE]);
    },
  };
}

const END_OF_LINE = Buffer.from('\r\n');

const frame = (length: number, signature: string): Buffer =>
  Buffer.from(`${length.toString(16)};chunk-signature=${signature}\r\n`);

/** Bytes that a body of `size` takes in chunks of `PIECE`. */
export function chunkedSize(size: number): number {
  const around = (length: number) => frame(length, EMPTY_BODY).length + END_OF_LINE.length;
  const rest = size % PIECE;
  const full = (size - rest) / PIECE;
  return full * (PIECE + around(PIECE)) + (rest > 0 ? rest + around(rest) : 0) + around(0);
}

/** Everything but letters, digits and `-._~` is escaped, with capital letters. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const pathOf = ({ pathname }: URL): string =>
  pathname
    .split('/')
    .map((part) => escaped(decodeURIComponent(part)))
    .join('/');

const queryOf = ({ searchParams }: URL): string =>
  [...searchParams]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
