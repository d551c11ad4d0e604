/** Where requests go whose path names no service: sign-in and the training clock are with the service of the accounts. */
const ACCOUNTS = 'dispatch';

const ADDRESS = /^https?:\/\/\S+$/;

/** Where a path of a platform is served: all at one address, or each service at its own. */
export class Addresses {
  private constructor(
    private readonly text: string,
    private readonly byService: ReadonlyMap<string, string>,
  ) {}

  /** `http://host:port`, or `intake=http://host:port,dispatch=http://…`. Throws RangeError with a sentence. */
  static of(text: string): Addresses {
    const parts = text.split(',').map((part) => part.trim().replace(/\/+$/, ''));
    const pairs = parts.map((part): [string, string] => {
      const [, name = '', address = ''] = /^(?:([a-z-]+)=)?(.*)$/.exec(part) ?? [];
      return [name, address];
    });
    const isOne = pairs.length === 1 && pairs[0]![0] === '';
    const isEach = pairs.every(([name]) => name !== '');
    const byService = new Map(pairs);
    if (!(isOne || isEach) || !pairs.every(([, address]) => ADDRESS.test(address)))
      throw new RangeError(
        `SHOUWEN_URL is one address, such as http://127.0.0.1:3000, or one of each service, such as intake=http://…,dispatch=http://…; it is ${text}`,
      );
    if (isEach && !byService.has(ACCOUNTS))
      throw new RangeError(`SHOUWEN_URL names no address of ${ACCOUNTS}, where people sign in`);
    return new Addresses(text, byService);
  }

  /** The address of the process that serves a path. */
  of(path: string): string {
    const [, service = ''] = /^\/([^/?]*)/.exec(path) ?? [];
    const found = this.byService.get('') ?? this.byService.get(service);
    return found ?? this.byService.get(ACCOUNTS)!;
  }

  toString(): string {
    return this.text;
  }
}
