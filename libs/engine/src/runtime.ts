// Runs one service's records on whatever engine it is given: commands, queries, views, reactions, timers, effects.
import { setTimeout as pause } from 'node:timers/promises';
import { commitIdOf, type Caller } from './caller.js';
import type { Actor, Command, UseCase } from './command.js';
import type { Reaction, View } from './consumer.js';
import { Invalid, NotFound, Refused } from './errors.js';
import { ParkedWorkHandled } from './engine-events.js';
import type { EventContract } from './event.js';
import { fold } from './folding.js';
import { Homes } from './leases.js';
import { firstCommit, record } from './own-facts.js';
import { PARKED, workThrough } from './parking.js';
import type { Engine, Find, Page, Store } from './ports.js';
import { CHECKPOINTS } from './positions.js';
import { Reading } from './reading.js';
import {
  inKeyOrder,
  perform,
  react,
  REFUSALS,
  type Item,
  type Reacting,
  type Send,
} from './reacting.js';
import { VIEWS, generationOf, openTable, rebuildBeside, tableOf, type Rebuilt } from './rebuild.js';
import { Runner, type Outcome } from './runner.js';
import type { Ask, Query, Service } from './service.js';
import {
  Subscription,
  type HeadsOf,
  type Order,
  type SubscriptionStatus,
  type Work,
} from './subscription.js';
import { TIMERS, Timers, remember } from './timers.js';
import { faultsOf } from './validation.js';

/** A settle that takes longer names who lags. Milliseconds. */
const SETTLE = 120_000;
/** Milliseconds between two looks whether all is settled. */
const LOOK_AGAIN = 2;

export interface RuntimeOptions {
  readonly service: Service;
  readonly engine: Engine;
  readonly standards: object;
  /** Specs shuffle across keys, so that nobody comes to rely on an order that is not promised. */
  readonly order?: Order;
  /** Structured log lines; no personal data. */
  readonly log?: (line: object) => void;
}

interface Serving {
  readonly view: View;
  readonly subscription: Subscription;
  /** Known while this process folds it. */
  generation: number;
  isRebuilding: boolean;
  table(): Promise<string>;
}

export class Runtime {
  readonly service: Service;
  private store!: Store;
  private runner!: Runner;
  private reading!: Reading;
  private timers!: Timers;
  private send!: Send;
  private consumers: readonly string[] = [];
  private readonly serving = new Map<string, Serving>();
  private readonly subscriptionList: Subscription[] = [];
  private readonly homes: Homes;

  constructor(private readonly options: RuntimeOptions) {
    this.service = options.service;
    this.homes = new Homes(options.engine.leases, options.service.name);
  }

  /** Opens the store, makes its tables and, in a new log, the first commit. */
  async open(): Promise<void> {
    const { service, engine, standards } = this.options;
    this.store = await engine.open(service.name);
    const { log, documents } = this.store;
    // Servers make tables slowly, and side by side.
    const tables = [CHECKPOINTS, PARKED, REFUSALS, TIMERS, VIEWS];
    await Promise.all(tables.map((table) => documents.define(table)));
    const names = [...service.reactions, ...service.effects].map(({ name }) => this.durable(name));
    this.consumers = await firstCommit(log, names, this.now());
    this.runner = new Runner({ store: this.store, engine, standards });
    this.reading = new Reading({
      store: this.store,
      engine,
      standards,
      runner: this.runner,
      serving: (view) => this.servingOf(view),
    });
    this.timers = new Timers({
      documents,
      time: engine.time,
      standards,
      now: this.now,
      send: (command, caller) => this.send(command, caller),
    });
    for (const view of service.views) this.prepareView(view);
    for (const reaction of service.reactions) this.prepareReaction(reaction);
    for (const effect of service.effects) {
      const how = this.reacting(effect.name);
      this.subscribe({
        name: effect.name,
        kind: 'effect',
        on: effect.on,
        personal: effect.personal ?? false,
        handle: (work) =>
          inKeyOrder(itemsOf(work), work, this.now, (item) =>
            perform(effect, item, { ...how, log }),
          ),
      });
    }
    await engine.transport.publish(log);
  }

  /** Starts reading. `send` is the service's command bus: commands of reactions pass the same door as HTTP. */
  async start(send: Send): Promise<void> {
    this.send = send;
    await this.homes.start(this.subscriptionList, this.timers);
  }

  async execute(useCase: UseCase, command: Command, caller: Caller): Promise<Outcome> {
    return this.runner.execute(useCase, command, caller);
  }

  /** Throws Invalid, NotFound, Forbidden, NotReached. */
  async ask(
    ask: Ask,
    query: Query,
    actor: Actor,
    options: { after?: string; roles?: readonly string[] } = {},
  ): Promise<object> {
    const faults = faultsOf(ask.query, query);
    if (faults.length) throw new Invalid('request.invalid', 'The request breaks a rule.', faults);
    for (const { view } of this.serving.values()) await this.reading.reached(view, options.after);
    return ask.answer(query, this.reading.readerFor(actor, options.roles));
  }

  async find(view: View, find: Find, actor: Actor, options: { after?: string } = {}) {
    return this.reading.find(view, find, actor, options);
  }

  async get(
    view: View,
    id: string,
    actor: Actor,
    options: { after?: string } = {},
  ): Promise<object> {
    return this.reading.get(view, id, actor, options);
  }

  async head(): Promise<number> {
    return (await this.store.log.head()).g;
  }

  /** True when every subscription has done all there is and no timer is due. Throws where one cannot go on. */
  async isSettled(): Promise<boolean> {
    const { transport } = this.options.engine;
    // What others cannot have yet may still be work for them, and theirs for this service.
    if (!(await transport.isPublished(this.store.log))) return false;
    const headsOf = this.headsOnce();
    const all = this.subscriptionList.map((one) => this.isThrough(one, headsOf));
    if (!(await Promise.all(all)).every((isThrough) => isThrough)) return false;
    if (this.timers.isBusy) return false;
    const due = await this.timers.next();
    if (due === null || due > this.now()) return true;
    this.timers.look();
    return false;
  }

  async settle(): Promise<void> {
    const until = performance.now() + SETTLE;
    while (!(await this.isSettled())) {
      if (performance.now() > until) throw new Error(`not settled: ${await this.lagging()}`);
      await this.nextAppend();
    }
  }

  /** Until its log grows, or for a moment. */
  private async nextAppend(): Promise<void> {
    const isOver = new AbortController();
    const hangUp = this.store.log.onAppend(() => isOver.abort());
    await pause(LOOK_AGAIN, undefined, { signal: isOver.signal }).catch(() => {});
    hangUp();
  }

  /** Earliest due instant of a timer that waits, or null. */
  async nextTimer(): Promise<string | null> {
    return this.timers.next();
  }

  /** How each subscription does, without asking where its logs end: that needs servers which may be away. */
  states(): readonly Pick<SubscriptionStatus, 'name' | 'state'>[] {
    return this.subscriptionList.map(({ options: { name }, state }) => ({ name, state }));
  }

  async subscriptions(): Promise<readonly SubscriptionStatus[]> {
    return (await Promise.all(this.subscriptionList.map((one) => one.status()))).flat();
  }

  async parked(find: Find = {}): Promise<Page> {
    const page = await this.store.documents.find(PARKED.name, null, find);
    return { ...page, items: page.items.map((item) => ({ ...item, record: undefined })) };
  }

  async refusals(actor: Actor, find: Find = {}): Promise<Page> {
    return this.store.documents.find(REFUSALS.name, actor.tenant, find);
  }

  /** Tries the parked events of one key in order, until one fails again. */
  async retryParked(name: string, key: string, caller: Caller): Promise<object> {
    return this.workThrough({ name, key, caller, action: 'retry' });
  }

  /** Drops the first parked event of the key, and tries the others in order. */
  async skipParked(name: string, key: string, caller: Caller): Promise<object> {
    return this.workThrough({ name, key, caller, action: 'skip' });
  }

  /** Rebuilds a view beside the one that serves, then switches. One rebuild of a view at a time. */
  async rebuild(
    name: string,
    progress: (done: number, of: number) => void = () => {},
  ): Promise<Rebuilt> {
    const serving = this.serving.get(name);
    if (!serving) throw new NotFound('view.not-found', `There is no view ${name}.`);
    if (serving.isRebuilding)
      throw new Invalid('view.rebuilding', `${name} is being rebuilt already.`);
    serving.isRebuilding = true;
    try {
      return await this.homes.here(serving.subscription, () => this.rebuildNow(serving, progress));
    } finally {
      serving.isRebuilding = false;
    }
  }

  private rebuildNow(
    serving: Serving,
    progress: (done: number, of: number) => void,
  ): Promise<Rebuilt> {
    const { view, subscription, generation } = serving;
    const next = generation + 1;
    return rebuildBeside({
      view: view.name,
      indexes: view.indexes,
      generation,
      serving: subscription,
      shadow: this.subscription(
        {
          name: `${view.name}~${next}`,
          kind: 'view',
          on: view.on,
          personal: view.personal ?? false,
          handle: (work) => this.foldInto(view, next, work),
        },
        true,
      ),
      switched: () => void (serving.generation = next),
      progress,
    });
  }

  /** Drains: what was accepted is finished, positions are written. */
  async stop(): Promise<void> {
    await this.homes.stop();
  }

  /** Whatever runs in another process is for that one to tell, as long as there is one. */
  private async isThrough(subscription: Subscription, headsOf: HeadsOf): Promise<boolean> {
    const { error, options, state } = subscription;
    if (state === 'stopped') throw new Error(`${options.name}: ${error}`);
    if (state === 'standby') return this.homes.isHome(subscription);
    return state === 'running' && subscription.isThrough(headsOf);
  }

  /** One look asks each log once where it ends. */
  private headsOnce(): HeadsOf {
    const asked = new Map<string, ReturnType<HeadsOf>>();
    const [any] = this.subscriptionList;
    return (log) => {
      const known = asked.get(log) ?? any!.headsOf(log);
      asked.set(log, known);
      return known;
    };
  }

  private readonly now = (): string => new Date(this.options.engine.time.now()).toISOString();

  private durable(name: string): string {
    return `${this.service.name}.${name}`;
  }

  private reacting(name: string): Reacting {
    return {
      name: this.durable(name),
      send: (command, caller) => this.send(command, caller),
      standards: this.options.standards,
      now: this.now,
    };
  }

  private subscribe(options: {
    name: string;
    kind: 'view' | 'reaction' | 'timer' | 'effect';
    on: readonly EventContract[];
    personal: boolean;
    prepare?: () => Promise<void>;
    handle: (work: Work) => Promise<readonly never[]> | ReturnType<typeof inKeyOrder>;
    written?: () => void;
  }): Subscription {
    const subscription = this.subscription(options);
    this.subscriptionList.push(subscription);
    return subscription;
  }

  private subscription(
    options: Omit<Parameters<Runtime['subscribe']>[0], never>,
    fromBeginning?: boolean,
  ): Subscription {
    const { engine, service, order } = this.options;
    for (const { type, visibility } of options.on)
      if (
        visibility !== 'public' &&
        service.name !== 'audit' &&
        !type.startsWith(`${service.name}.`)
      )
        throw new Refused(`${service.name}.${options.name} reads ${type}, which is not public.`);
    const name = this.durable(options.name);
    return new Subscription({
      ...options,
      name,
      store: this.store,
      engine,
      ...(order ? { order } : {}),
      fromBeginning: fromBeginning ?? (options.kind === 'view' || this.consumers.includes(name)),
    });
  }

  private prepareView(view: View): void {
    const { documents } = this.store;
    const subscription = this.subscribe({
      name: view.name,
      kind: 'view',
      on: view.on,
      personal: view.personal ?? false,
      prepare: async () => {
        serving.generation = await openTable(documents, view, this.durable(view.name));
      },
      handle: (work) => this.foldInto(view, serving.generation, work),
    });
    const serving: Serving = {
      view,
      subscription,
      generation: 0,
      isRebuilding: false,
      table: async () => {
        const isHere = subscription.state === 'running' && serving.generation > 0;
        return tableOf(
          view.name,
          isHere ? serving.generation : await generationOf(documents, view.name),
        );
      },
    };
    this.serving.set(view.name, serving);
  }

  private foldInto(view: View, generation: number, work: Work) {
    const tools = { blind: (value: string) => this.runner.blind(value) };
    const { documents } = this.store;
    return fold(
      { view, table: tableOf(view.name, generation), documents, tools, now: this.now },
      work,
    );
  }

  private prepareReaction(reaction: Reaction): void {
    const { name, on, personal = false } = reaction;
    const how = this.reacting(name);
    if (!reaction.due) {
      this.subscribe({
        name,
        kind: 'reaction',
        on,
        personal,
        handle: (work) =>
          inKeyOrder(itemsOf(work), work, this.now, (item) => react(reaction, item, how)),
      });
      return;
    }
    const subscription = this.subscribe({
      name,
      kind: 'timer',
      on,
      personal,
      handle: async (work) => remember(reaction, how.name, work),
      // Not before: servers take their time to write, and nobody would look again.
      written: () => this.timers.look(),
    });
    this.timers.add(reaction, subscription);
  }

  private servingOf(view: View): Serving {
    const serving = this.serving.get(view.name);
    if (!serving) throw new Error(`${view.name} is not a view of ${this.service.name}`);
    return serving;
  }

  private async workThrough(work: {
    name: string;
    key: string;
    caller: Caller;
    action: 'retry' | 'skip';
  }): Promise<object> {
    const { name, key, caller, action } = work;
    const { log } = this.store;
    const subscription = this.subscriptionList.find(({ options }) => options.name === name);
    if (!subscription) throw new NotFound('consumer.not-found', `There is no consumer ${name}.`);
    const done = await log.lookUp(commitIdOf(caller));
    if (done) return JSON.parse((await log.read(done.g - 1, 1))[0]!.data) as object;
    const { error, ...counts } = await this.homes.here(subscription, () =>
      workThrough(subscription, key, action),
    );
    const fact = { consumer: name, workKey: key, action, ...counts };
    const event = ParkedWorkHandled(fact);
    await record(log, event, { stream: `consumer-${name}`, caller, at: this.now() });
    return { ...fact, ...(error ? { error } : {}) };
  }

  private async lagging(): Promise<string> {
    const all = await this.subscriptions();
    const late = all.filter(({ behind, state }) => behind !== 0 || state !== 'running');
    return late
      .map(({ name, log, behind, state }) => `${name} on ${log}: ${behind} behind, ${state}`)
      .join('; ');
  }
}

const itemsOf = ({ events, stored }: Work): Item[] =>
  events.map((event, i) => ({ event, stored: stored[i]! }));
