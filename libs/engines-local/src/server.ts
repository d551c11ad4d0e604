import type { Place, Running } from './place.js';
import { until } from './until.js';

export interface ServerOptions {
  readonly place: Place;
  /** For people and for the file of its output. */
  readonly name: string;
  readonly address: string;
  readonly command: readonly string[];
  /** Whether it answers its callers. */
  readonly answers: () => Promise<boolean>;
}

/**
 * One server with everything an attack does to it. Each blow comes back when it has landed: a killed server is gone,
 * a restarted one answers, on the same address and with the files that it had.
 */
export class Server {
  readonly address: string;
  readonly #options: ServerOptions;
  #running: Running | null = null;

  constructor(options: ServerOptions) {
    this.address = options.address;
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Of the machine, or of the container it runs in. */
  get pid(): number {
    if (!this.#running) throw new Error(`${this.name} does not run`);
    return this.#running.pid;
  }

  async isAlive(): Promise<boolean> {
    return (await this.#running?.isAlive()) ?? false;
  }

  async start(): Promise<void> {
    const { place, command, answers } = this.#options;
    if (await this.isAlive()) throw new Error(`${this.name} runs already`);
    this.#running = await place.start(command, this.#log);
    await until(`${this.name} at ${this.address} answers`, async () => {
      if (await answers()) return true;
      if (await this.isAlive()) return false;
      throw new Error(`${this.name} did not start:\n${await place.tail(this.#log)}`);
    });
  }

  /** In order: it finishes what it does, tells the others and closes its files. */
  async stop(): Promise<void> {
    await this.#running?.hit('SIGCONT');
    await this.#running?.hit('SIGTERM');
    await this.#gone();
  }

  /** As the power goes. */
  async kill(): Promise<void> {
    await this.#running?.hit('SIGKILL');
    await this.#gone();
  }

  /** Alive and deaf: connections stay open and nobody answers, as on a machine that swaps or a network that eats. */
  async freeze(): Promise<void> {
    await this.#running?.hit('SIGSTOP');
  }

  async thaw(): Promise<void> {
    await this.#running?.hit('SIGCONT');
  }

  /** Stops it where it runs, and starts it again. */
  async restart(): Promise<void> {
    if (await this.isAlive()) await this.stop();
    await this.start();
  }

  get #log(): string {
    return `${this.name}.log`;
  }

  async #gone(): Promise<void> {
    await until(`${this.name} is gone`, async () => !(await this.isAlive()));
    this.#running = null;
  }
}
