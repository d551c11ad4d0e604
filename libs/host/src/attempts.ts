const WINDOW = 15 * 60 * 1000;
const MOST = 10;
const MAX_USERS = 10_000;

/** Failed sign-ins per user, in memory: after ten within a quarter of an hour the next one has to wait. */
export class Attempts {
  private readonly failures = new Map<string, number[]>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Seconds until this user may try again; 0: at once. */
  waitFor(user: string): number {
    const recent = this.recent(user);
    const first = recent[recent.length - MOST];
    return first === undefined ? 0 : Math.ceil((first + WINDOW - this.now()) / 1000);
  }

  /** Counted before the password is looked at, so that a hundred tries at once are not a hundred free ones. */
  begin(user: string): void {
    const recent = [...this.recent(user), this.now()];
    this.failures.delete(user);
    this.failures.set(user, recent);
    const [oldest] = this.failures.keys();
    if (this.failures.size > MAX_USERS && oldest !== undefined) this.failures.delete(oldest);
  }

  succeeded(user: string): void {
    this.failures.delete(user);
  }

  private recent(user: string): number[] {
    const since = this.now() - WINDOW;
    return (this.failures.get(user) ?? []).filter((at) => at > since);
  }
}
