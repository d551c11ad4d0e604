// Sealed files in a bucket of a store that speaks S3. A file is one object, put in one request under the condition that
// nothing is there; a store that passes over that condition is found out when it is proved, and refused.
import { Unavailable, type FileStore } from '@shouwen/engine';
import { Requests, textOf } from './requests.js';
import type { Credentials } from './signature.js';

export interface S3Options extends Credentials {
  /** http or https; absent: Amazon's own, of the region. */
  readonly endpoint?: string;
  readonly bucket: string;
  /** Keys begin with it; default `shouwen/`. */
  readonly prefix?: string;
  /** Whether the bucket is named in the path, else in the host; default: in the path where an endpoint is named. */
  readonly isPathStyle?: boolean;
  /** Keys asked for at a time in a list; default and most 1,000. */
  readonly page?: number;
}

/** Bytes of one page of a list: a thousand keys and what is said of each. */
const LONGEST_PAGE = 4_000_000;
/** What S3 answers where two puts of one key meet; the one that was told so may find nothing there yet. */
const MET = 409;
const IS_THERE = 412;

export class S3Files implements FileStore {
  readonly name: string;
  private readonly requests: Requests;
  private readonly base: URL;
  private readonly prefix: string;
  private readonly page: number;

  constructor(options: S3Options) {
    const { region, bucket, prefix = 'shouwen/', endpoint, page = 1_000 } = options;
    const { isPathStyle = endpoint !== undefined } = options;
    const base = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
    if (isPathStyle) base.pathname = `${base.pathname.replace(/\/$/, '')}/${bucket}/`;
    else base.hostname = `${bucket}.${base.hostname}`;
    this.base = base;
    this.prefix = prefix;
    this.page = page;
    this.name = `the bucket ${bucket} at ${base.host}`;
    this.requests = new Requests(this.name, options);
  }

  async put(place: string, content: AsyncIterable<Uint8Array>, size: number): Promise<boolean> {
    const headers = { 'content-type': 'application/octet-stream', 'if-none-match': '*' };
    const url = this.urlOf(place);
    const asked = { method: 'PUT', url, headers, body: { content, size } } as const;
    const { status, content: said } = await this.requests.ask(asked, [200, IS_THERE, MET]);
    await textOf(said);
    if (status === 200) return true;
    if (status === MET && !(await this.read(place, { from: 0, to: 1 })))
      throw new Unavailable(`${this.name} was given this file twice at once; try again.`);
    return false;
  }

  async read(place: string, range?: { readonly from: number; readonly to: number }) {
    const headers = range ? { range: `bytes=${range.from}-${range.to - 1}` } : {};
    const asked = { method: 'GET', url: this.urlOf(place), headers } as const;
    const { status, headers: told, content } = await this.requests.ask(asked, [200, 206, 404]);
    if (status === 404) return this.missing(await textOf(content));
    const whole = status === 206 ? told['content-range']?.split('/')[1] : told['content-length'];
    const size = Number(whole);
    if (!Number.isSafeInteger(size)) throw new Unavailable(`${this.name} tells no sizes.`);
    return { size, content: status === 200 && range ? cut(content, range) : content };
  }

  async remove(place: string): Promise<void> {
    const asked = { method: 'DELETE', url: this.urlOf(place) } as const;
    const { status, content } = await this.requests.ask(asked, [200, 204, 404]);
    const said = await textOf(content);
    if (status === 404) this.missing(said);
  }

  async *list({ prefix = '', after = '' } = {}): AsyncGenerator<string> {
    for (let last = after, isMore = true; isMore;) {
      const url = new URL(this.base);
      url.searchParams.set('list-type', '2');
      url.searchParams.set('max-keys', String(this.page));
      url.searchParams.set('prefix', `${this.prefix}${prefix}`);
      if (last) url.searchParams.set('start-after', `${this.prefix}${last}`);
      const { content } = await this.requests.ask({ method: 'GET', url }, [200]);
      const text = await textOf(content, LONGEST_PAGE);
      const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!);
      for (const key of keys) yield (last = key.slice(this.prefix.length));
      isMore = keys.length > 0 && /<IsTruncated>true<\/IsTruncated>/.test(text);
    }
  }

  /** A put that does not come to its end leaves nothing. */
  async tidy(): Promise<void> {}

  private urlOf(place: string): URL {
    return new URL(`${this.base.pathname}${this.prefix}${place}`, this.base);
  }

  /** A bucket or a user that is not there is said with the same status, and says nothing of files. */
  private missing(said: string): null {
    const [, code = 'no reason'] = /<Code>([^<]*)<\/Code>/.exec(said) ?? [];
    if (code !== 'NoSuchKey') throw new Unavailable(`${this.name} refuses: 404 ${code}.`);
    return null;
  }
}

/** For stores that answer with all of it where a part was asked for. */
async function* cut(
  content: AsyncIterable<Uint8Array>,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of content) {
    const part = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += piece.byteLength;
    if (part.byteLength > 0) yield part;
    if (at >= to) return;
  }
}
