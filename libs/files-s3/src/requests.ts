// One request to a store that speaks S3, and what its answers mean to us: a store that is away, or that does not know
// us any more, is Unavailable and never mistaken for a file that is missing.
import { once } from 'node:events';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Unavailable } from '@shouwen/engine';
import {
  EMPTY_BODY,
  IN_CHUNKS,
  PIECE,
  chunkedSize,
  sign,
  type Credentials,
  type Signed,
} from './signature.js';

/** Milliseconds without a byte until a store counts as away. */
const SILENCE = 15_000;
/** Bytes of an error's text that are looked at. */
const TOLD = 10_000;

export interface Asked {
  readonly method: 'DELETE' | 'GET' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly content: AsyncIterable<Uint8Array>; readonly size: number };
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Throws Unavailable where it breaks off. */
  readonly content: AsyncIterable<Uint8Array>;
}

export class Requests {
  constructor(
    private readonly name: string,
    private readonly credentials: Credentials,
  ) {}

  /** An answer with one of the statuses `expected`; every other one is Unavailable. */
  async ask(asked: Asked, expected: readonly number[]): Promise<Answer> {
    const { request, chunk } = this.begin(asked);
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    // It is waited for below; until then an error must find somebody who hears it.
    answered.catch(() => undefined);
    try {
      if (asked.body) await this.send(request, inChunks(asked.body.content, chunk));
      else request.end();
      const [response] = await answered.catch((error: unknown) => {
        throw this.away(error);
      });
      const { statusCode: status = 0, headers } = response;
      const answer = { status, headers, content: this.read(response) };
      if (expected.includes(status)) return answer;
      throw await this.refusal(answer);
    } catch (error) {
      request.destroy();
      // Kept open from an earlier request, and shut by the other side just then.
      if (!asked.body && request.reusedSocket && wasShut(error)) return this.ask(asked, expected);
      throw error;
    }
  }

  private begin({ method, url, headers = {}, body }: Asked) {
    const all = body
      ? {
          ...headers,
          'content-encoding': 'aws-chunked',
          'content-length': String(chunkedSize(body.size)),
          'x-amz-decoded-content-length': String(body.size),
        }
      : headers;
    const bodyHash = body ? IN_CHUNKS : EMPTY_BODY;
    const signable = { method, url, headers: all, now: Date.now(), bodyHash };
    const { headers: signed, chunk } = sign(signable, this.credentials);
    const scheme = url.protocol === 'https:' ? https : http;
    // A put is sent once, so it gets a connection of its own: one that was kept open may be shut just then.
    const agent = body ? { agent: false } : {};
    const request = scheme.request(url, { method, headers: signed, ...agent });
    request.setTimeout(SILENCE, () => request.destroy(new Error('it says nothing')));
    request.on('error', () => undefined);
    return { request, chunk };
  }

  /** Whoever answers before the end has had enough; the content is read to its end all the same. */
  private async send(request: ClientRequest, body: AsyncIterable<Uint8Array>): Promise<void> {
    let isOver = false;
    const over = new Promise<void>((resolve) => {
      for (const event of ['response', 'close'] as const)
        request.once(event, () => {
          isOver = true;
          resolve();
        });
    });
    for await (const piece of body)
      if (!isOver && !request.write(piece)) await Promise.race([over, drained(request)]);
    if (!isOver) request.end();
  }

  private async *read(response: IncomingMessage): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of response) yield piece as Uint8Array;
    } catch (error) {
      throw this.away(error);
    } finally {
      response.destroy();
    }
  }

  private async refusal({ status, content }: Answer): Promise<Unavailable> {
    const text = await textOf(content).catch(() => '');
    const [, code = ''] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
    const [, message = ''] = /<Message>([^<]*)<\/Message>/.exec(text) ?? [];
    const said = [status, code, message].filter(Boolean).join(' ');
    return new Unavailable(`${this.name} refuses: ${said}.`);
  }

  private away(error: unknown): Unavailable {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    return new Unavailable(`${this.name} does not answer: ${reason}.`, { cause: error });
  }
}

async function* inChunks(
  content: AsyncIterable<Uint8Array>,
  chunk: Signed['chunk'],
): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  for await (const piece of content) {
    held = Buffer.concat([held, piece]);
    for (; held.length >= PIECE; held = held.subarray(PIECE)) yield chunk(held.subarray(0, PIECE));
  }
  if (held.length > 0) yield chunk(held);
  yield chunk(held.subarray(0, 0));
}

/** An error while it is waited for is told by the answer that does not come. */
const drained = (request: ClientRequest): Promise<unknown> =>
  once(request, 'drain').catch(() => undefined);

const wasShut = (error: unknown): boolean =>
  (error as { cause?: NodeJS.ErrnoException }).cause?.code === 'ECONNRESET';

export async function textOf(content: AsyncIterable<Uint8Array>, most = TOLD): Promise<string> {
  const pieces: Uint8Array[] = [];
  let count = 0;
  for await (const piece of content) {
    pieces.push(piece);
    count += piece.byteLength;
    if (count > most) break;
  }
  return Buffer.concat(pieces).toString();
}
