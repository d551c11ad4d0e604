import { setTimeout as wait } from 'node:timers/promises';
import { Addresses } from './addresses.js';

/** What a running platform answered: never a 5xx, those are waited out. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The platform had this wish already and answered from memory. */
  readonly isReplayed: boolean;
}

export interface PlatformOptions {
  /** One address, or one of each service: `intake=http://…,dispatch=http://…`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** How long an absent platform is waited for. */
  readonly patienceSeconds: number;
  /** Told once when the platform goes away, and once when it is back. */
  readonly tell: (line: string) => void;
}

/** The platform stayed away for longer than we would wait, or refuses to know us. */
export class PlatformAway extends Error {}

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly faults?: readonly { field: string; message: string }[];
}

/** One sentence of an answer that refuses. */
export function refusalOf({ status, body }: Answer): string {
  const { code, title, detail } = body as Problem;
  return `${status} ${code ?? ''} ${detail ?? title ?? ''}`.trim();
}

/** Field and sentence of everything that a refusal names; the whole of it where it names no field. */
export function faultsOf(answer: Answer): readonly { field: string; reason: string }[] {
  const { faults, code } = answer.body as Problem;
  if (faults?.length) return faults.map(({ field, message }) => ({ field, reason: message }));
  return [{ field: code ?? 'request', reason: refusalOf(answer) }];
}

interface Request {
  readonly as: string;
  readonly key?: string;
  readonly body?: object;
}

/** Not worth asking again: neither away, nor overloaded, nor in somebody's way. */
const isFinal = ({ status, body }: Answer): boolean =>
  status < 500 && status !== 429 && body['code'] !== 'stream.busy';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;
const REQUEST_LIMIT_MS = 600_000;

/**
 * A running platform, over its public HTTP only. Survives its absence: whatever is asked while it restarts is asked
 * again until it answers, which is harmless because every POST carries an Idempotency-Key.
 */
export class Platform {
  readonly #options: PlatformOptions;
  readonly #addresses: Addresses;
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #passwords = new Map<string, string>();
  #awaySince: number | null = null;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.#addresses = addressesOf(options.url);
    this.#passwords.set(options.user, options.password);
  }

  get url(): string {
    return this.#options.url;
  }

  /** Whom a later request may name in `as`. */
  knows(user: string, password: string): void {
    this.#passwords.set(user, password);
    this.#tokens.delete(user);
  }

  get(path: string, as = this.#options.user): Promise<Answer> {
    return this.#request('GET', path, { as });
  }

  post(path: string, body: object, options: { key: string; as?: string }): Promise<Answer> {
    const { key, as = this.#options.user } = options;
    return this.#request('POST', path, { as, key, body });
  }

  /** Like `get`, for what has to be there: anything but 200 throws. */
  async read<T extends object>(path: string, as?: string): Promise<T> {
    const answer = await this.get(path, as);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${refusalOf(answer)}`);
    return answer.body as T;
  }

  /** Every document of a view. */
  async list<T extends object>(path: string, as?: string): Promise<T[]> {
    const items: T[] = [];
    let cursor = '';
    do {
      const join = path.includes('?') ? '&' : '?';
      const page = await this.read<{ items: readonly T[]; next?: string }>(
        `${path}${join}limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        as,
      );
      items.push(...page.items);
      cursor = page.next ?? '';
    } while (cursor);
    return items;
  }

  async #request(method: string, path: string, request: Request): Promise<Answer> {
    let pause = FIRST_PAUSE_MS;
    let isTokenFresh = false;
    for (;;) {
      const answer = await this.#attempt(method, path, request);
      if (answer?.status === 401 && !isTokenFresh) {
        this.#tokens.delete(request.as);
        isTokenFresh = true;
        continue;
      }
      if (answer && isFinal(answer)) return this.#back(answer);
      this.#away(answer, `${method} ${path}`);
      await wait(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  #back(answer: Answer): Answer {
    if (this.#awaySince !== null && Date.now() - this.#awaySince > 1_000)
      this.#options.tell('the platform is back 平台已恢复');
    this.#awaySince = null;
    return answer;
  }

  #away(answer: Answer | null, what: string): void {
    const { url, patienceSeconds, tell } = this.#options;
    const why = answer ? `answers ${refusalOf(answer)}` : 'does not answer';
    if (this.#awaySince === null) {
      this.#awaySince = Date.now();
      if (!answer || answer.status >= 500)
        tell(`${url} ${why}; waiting up to ${patienceSeconds} s 平台暂不可用，等待中`);
    }
    if (Date.now() - this.#awaySince > patienceSeconds * 1_000)
      throw new PlatformAway(
        `${what}: ${url} ${why} for ${patienceSeconds} s. Run the same command again later: ` +
          'what is in stays in, and nothing goes in twice. 稍后重新运行同一命令即可，不会重复。',
      );
  }

  /** Null where nobody answered. */
  async #attempt(method: string, path: string, { as, key, body }: Request): Promise<Answer | null> {
    try {
      const token = await this.#token(as);
      const response = await fetch(this.#addresses.of(path) + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(key ? { 'idempotency-key': key } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
      });
      return await answerOf(response);
    } catch (error) {
      if (error instanceof PlatformAway) throw error;
      return null;
    }
  }

  #token(user: string): Promise<string> {
    const known = this.#tokens.get(user);
    if (known) return known;
    const token = this.#signIn(user);
    this.#tokens.set(user, token);
    token.catch(() => this.#tokens.delete(user));
    return token;
  }

  async #signIn(user: string): Promise<string> {
    const password = this.#passwords.get(user);
    if (password === undefined) throw new PlatformAway(`nobody told us the password of ${user}`);
    const response = await fetch(this.#addresses.of(SIGN_IN) + SIGN_IN, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user, password }),
    });
    const answer = await answerOf(response);
    const { token } = answer.body;
    if (typeof token === 'string') return token;
    if (answer.status === 429 || answer.status >= 500) throw new Error(refusalOf(answer));
    throw new PlatformAway(
      `${user} could not sign in at ${this.#options.url}: ${refusalOf(answer)} ` +
        '(SHOUWEN_USER and ADMIN_PASSWORD say who we are) 登录失败，请检查用户名和密码',
    );
  }
}

function addressesOf(url: string): Addresses {
  try {
    return Addresses.of(url);
  } catch (error) {
    throw new PlatformAway((error as Error).message);
  }
}

const SIGN_IN = '/auth/token';

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    isReplayed: response.headers.get('idempotency-replayed') === 'true',
  };
}
