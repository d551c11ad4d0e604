import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../caller.js';
import type { Actor, Command, UseCase } from '../command.js';
import type { View } from '../consumer.js';
import { nameBased } from '../identifiers.js';
import type { Engine, Find, Time } from '../ports.js';
import { Runtime } from '../runtime.js';
import type { Ask, Query, Service } from '../service.js';

const MINUTES: Record<string, number> = { m: 1, h: 60, d: 1440 };

/** Everybody's boss: every role at the top of the tree. */
export const root: Actor = {
  number: 'admin',
  tenant: 'main',
  grants: [
    'administrator',
    'call-taker',
    'dispatcher',
    'crew',
    'supervisor',
    'duty-leader',
    'auditor',
    'analyst',
    'clerk',
  ].map((role) => ({ role, unit: '/' })),
};

/** Opens an engine with a training clock on a directory, new or existing. */
export type OpenEngine = (options: { directory: string; from: string }) => Engine | Promise<Engine>;

export interface WorldOptions {
  readonly openEngine: OpenEngine;
  readonly services: readonly Service[];
  readonly standards?: object;
  /** First instant of the test clock. */
  readonly from?: string;
  /** Opens an existing directory; it is then not removed at the end. */
  readonly directory?: string;
}

/** Services on a real engine with a clock that stands until it is moved. */
export class World {
  readonly directory: string;
  private readonly runtimes = new Map<string, Runtime>();
  private static opened = 0;
  /** A world opened again on the same directory goes on with other keys. */
  private count = World.opened++ * 100_000;

  private constructor(
    private readonly options: WorldOptions,
    readonly engine: Engine,
    directory: string,
  ) {
    this.directory = directory;
  }

  static async open(options: WorldOptions): Promise<World> {
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'shouwen-'));
    const from = options.from ?? '2026-01-15T08:00:00.000Z';
    const engine = await options.openEngine({ directory, from });
    const world = new World(options, engine, directory);
    try {
      await world.begin();
      return world;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  private async begin(): Promise<void> {
    const { engine, options, runtimes } = this;
    for (const service of options.services) {
      const runtime = new Runtime({
        service,
        engine,
        standards: options.standards ?? {},
        order: shuffleKeys,
      });
      await runtime.open();
      runtimes.set(service.name, runtime);
    }
    for (const runtime of runtimes.values()) await runtime.start(this.sender(runtime));
  }

  get now(): string {
    return new Date(this.engine.time.now()).toISOString();
  }

  runtime(service: string): Runtime {
    const runtime = this.runtimes.get(service);
    if (!runtime) throw new Error(`${service} does not run here`);
    return runtime;
  }

  /** Sends a command as a request would; `key` repeats an earlier one. */
  async send(
    service: string,
    useCase: UseCase,
    fields: object,
    by: Partial<Caller> = {},
  ): Promise<Record<string, unknown>> {
    const command = Object.assign(new useCase.command(), fields);
    const key = by.key ?? nameBased('018f4b3c0000', 'world', String(++this.count));
    const caller = { actor: root, route: useCase.command.name, fingerprint: null, ...by, key };
    const { answer } = await this.runtime(service).execute(useCase, command, caller);
    return answer as Record<string, unknown>;
  }

  async ask<Answer = Record<string, unknown>>(
    service: string,
    ask: Ask,
    fields: object = {},
    actor: Actor = root,
  ): Promise<Answer> {
    const query = Object.assign(new (ask.query as new () => Query)(), fields);
    return (await this.runtime(service).ask(ask, query, actor)) as Answer;
  }

  async find<Document = Record<string, unknown>>(
    service: string,
    view: View,
    find: Find = {},
    actor: Actor = root,
  ): Promise<readonly Document[]> {
    return (await this.runtime(service).find(view, find, actor)).items as readonly Document[];
  }

  /** Waits until every subscription of every service has done all there is. */
  async settle(): Promise<void> {
    for (;;) {
      const before = await this.heads();
      for (const runtime of this.runtimes.values()) await runtime.settle();
      if ((await this.heads()) === before) return;
    }
  }

  /** Moves the clock by `90m`, `24h` or `2d`, or to an instant, firing each timer at its own instant on the way. */
  async advance(by: string): Promise<void> {
    const time = this.engine.time as Time & { advance(to: number): Promise<void> };
    const to = /^\d+[mhd]$/.test(by)
      ? time.now() + Number.parseInt(by, 10) * MINUTES[by.at(-1)!]! * 60_000
      : Date.parse(by);
    for (;;) {
      await this.settle();
      const due = await this.nextTimer();
      if (due === null || due > to) break;
      await time.advance(Math.max(due, time.now()));
    }
    await time.advance(to);
    await this.settle();
  }

  /** Stops cleanly and keeps the directory. */
  async stop(): Promise<void> {
    for (const runtime of this.runtimes.values()) await runtime.stop();
    await this.engine.close();
  }

  /** Stops and starts again on the same directory. */
  async restart(options: Partial<WorldOptions> = {}): Promise<World> {
    await this.stop();
    return World.open({ ...this.options, ...options, directory: this.directory });
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private sender(runtime: Runtime) {
    const doors = new Map(runtime.service.commands.map((useCase) => [useCase.command, useCase]));
    return async (command: Command, caller: Caller) => {
      const useCase = doors.get(command.constructor as UseCase['command']);
      if (!useCase)
        throw new Error(`${command.constructor.name} is not a command of ${runtime.service.name}`);
      return runtime.execute(useCase, command, caller);
    };
  }

  private async heads(): Promise<string> {
    const heads = await Promise.all([...this.runtimes.values()].map((runtime) => runtime.head()));
    return heads.join(' ');
  }

  private async nextTimer(): Promise<number | null> {
    const all = await Promise.all(
      [...this.runtimes.values()].map((runtime) => runtime.nextTimer()),
    );
    const dues = all.filter((due) => due !== null).map((due) => Date.parse(due));
    return dues.length ? Math.min(...dues) : null;
  }
}

/** Keys in random order, each key's events in theirs: what Kafka may do between partitions. */
function shuffleKeys(keys: readonly string[]): number[] {
  const rank = new Map(keys.map((key) => [key, Math.random()]));
  return keys
    .map((_, place) => place)
    .sort((a, b) => rank.get(keys[a]!)! - rank.get(keys[b]!)! || a - b);
}
