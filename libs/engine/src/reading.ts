// Answers questions from the views and streams of one service: for one caller, within the caller's units, with
// personal data opened and masked.
import { covers, isLetIn } from './caller.js';
import { openSealed } from './codec.js';
import { at, type Actor, type AnyStream, type LetIn, type Stream } from './command.js';
import type { View } from './consumer.js';
import { Forbidden, Invalid, NotFound, NotReached } from './errors.js';
import type { Event, Recorded, Sealed } from './event.js';
import { parsePosition } from './identifiers.js';
import { mask } from './personal.js';
import type { Engine, Find, Page, Store } from './ports.js';
import type { Runner } from './runner.js';
import type { Reader } from './service.js';
import type { Subscription } from './subscription.js';

/** How long a query waits for its view to reach a position token. Milliseconds. */
const WAIT = 5_000;
/** Roles whose work needs to see people as they are; everybody else sees masks. */
const SEES_PEOPLE: ReadonlySet<string> = new Set([
  'call-taker',
  'window-clerk',
  'dispatcher',
  'crew',
  'meter-reader',
  'billing-clerk',
  'supervisor',
  'duty-leader',
  'supervision-office',
]);

export interface ReadingOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly standards: object;
  readonly runner: Runner;
  readonly serving: (view: View) => Served;
}

/** A view as it is served, by whichever process folds it. */
interface Served {
  readonly subscription: Subscription;
  /** Name of the table that holds its documents now. */
  table(): Promise<string>;
}

export class Reading {
  constructor(private readonly options: ReadingOptions) {}

  async find(
    view: View,
    find: Find,
    actor: Actor,
    { after }: { after?: string },
  ): Promise<Page & { readTo: string }> {
    await this.reached(view, after);
    const scoped = withinUnits(view, find, actor);
    const readTo = await this.readTo(view);
    if (!scoped) return { items: [], readTo };
    const { documents } = this.options.store;
    const page = await this.inTable(view, (table) => documents.find(table, actor.tenant, scoped));
    const allowed = page.items.filter(
      (item) => isInUnits(view, item, actor) && !isClosed(view, item, actor),
    );
    const items = await Promise.all(allowed.map((item) => this.opened(item, actor)));
    return { ...page, items, readTo };
  }

  async get(view: View, id: string, actor: Actor, { after }: { after?: string }): Promise<object> {
    await this.reached(view, after);
    const { documents } = this.options.store;
    const document = await this.inTable(view, (table) => documents.get(table, actor.tenant, id));
    if (!document || !isInUnits(view, document, actor))
      throw new NotFound(`${view.name}.not-found`, `There is no ${id} in ${view.name} for you.`);
    if (isClosed(view, document, actor))
      throw new Forbidden(
        'matter.closed-to-you',
        'This matter names you; somebody else handles it.',
      );
    return this.opened(document, actor);
  }

  /** Waits until the view has read what the token names. Throws Invalid `position.unknown`, NotReached. */
  async reached(view: View, token: string | undefined): Promise<void> {
    if (token === undefined) return;
    const { log } = this.options.store;
    const position = parsePosition(token);
    const isOurs = position?.log === log.name && position.epoch === log.identity.epoch;
    if (!position || !isOurs || position.g > (await log.head()).g)
      throw new Invalid('position.unknown', 'This position is not one of this log.', [
        { field: 'after', rule: 'isPosition', message: 'the `log` of an answer of this service' },
      ]);
    const { subscription } = this.options.serving(view);
    if (!subscription.logs.includes(log.name)) return;
    const until = performance.now() + WAIT;
    while ((await subscription.readTo()) < position.g) {
      if (performance.now() > until)
        throw new NotReached(`${view.name} has not read that far yet; try again in a moment.`);
      await new Promise<void>((resolve) => setTimeout(resolve, 2));
    }
  }

  /** A rebuild may take another table's place in the middle of a question, which is then asked again. */
  private async inTable<T>(view: View, ask: (table: string) => Promise<T>): Promise<T> {
    const served = this.options.serving(view);
    for (let table = await served.table(); ;) {
      const [asked] = await Promise.allSettled([ask(table)]);
      const now = await served.table();
      if (now !== table) table = now;
      else if (asked.status === 'rejected') throw asked.reason;
      else return asked.value;
    }
  }

  /** What a query's own code may look at, in the caller's name. */
  readerFor(actor: Actor, roles?: readonly string[]): Reader {
    const { runner, engine, standards } = this.options;
    return {
      actor,
      now: new Date(engine.time.now()).toISOString(),
      standards,
      get: async (view, id) => {
        try {
          return (await this.get(view, id, actor, {})) as never;
        } catch (error) {
          if (error instanceof NotFound) return null;
          throw error;
        }
      },
      find: async (view, find) => (await this.find(view, find, actor, {})) as never,
      state: async (stream, id, asOf) =>
        this.state(
          stream as unknown as Stream<unknown, Event>,
          await this.stream(stream, id, actor, roles),
          asOf,
        ) as never,
      history: (stream, id) => this.stream(stream as AnyStream, id, actor, roles),
      open: (sealed) => this.open(sealed, actor),
      blind: (value) => runner.blind(value),
    };
  }

  private state(
    { evolve, initial }: Stream<unknown, Event>,
    history: readonly Recorded[],
    asOf: { occurred?: string; recorded?: string } = {},
  ): unknown {
    const { occurred, recorded } = asOf;
    return history
      .filter(
        (e) => (!occurred || e.occurredAt <= occurred) && (!recorded || e.recordedAt <= recorded),
      )
      .reduce<unknown>((state, event) => evolve(state, event), initial);
  }

  private async stream(
    stream: { readonly name: string },
    id: string,
    actor: Actor,
    roles?: readonly string[],
  ): Promise<readonly Recorded[]> {
    const history = await this.options.runner.history(at(stream as AnyStream, id));
    const known = stream as unknown as Stream<unknown, Event>;
    const state = history.reduce<unknown>((s, event) => known.evolve(s, event), known.initial);
    const unit = known.unit?.(state);
    const reaches =
      !unit ||
      covers(actor, unit, roles) ||
      (known.openTo !== undefined && isLetIn(actor, known.openTo(state), roles));
    if (history[0]?.meta.tenant !== actor.tenant || !reaches)
      throw new NotFound(`${stream.name}.not-found`, `There is no such ${stream.name} for you.`);
    if (known.closedTo?.(state).includes(actor.number))
      throw new Forbidden(
        'matter.closed-to-you',
        'This matter names you; somebody else handles it.',
      );
    return history;
  }

  private async readTo(view: View): Promise<string> {
    const { subscription } = this.options.serving(view);
    return this.options.runner.position(await subscription.readTo());
  }

  private async open(sealed: Sealed | undefined, actor: Actor): Promise<Record<string, string>> {
    if (!sealed) return {};
    const fields = await openSealed(sealed, this.options.engine.keys);
    const isClear = actor.grants.some(({ role }) => SEES_PEOPLE.has(role));
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return [name, isClear ? text : mask(sealed.kinds[name] ?? 'text', text)];
      }),
    );
  }

  /** The document with every sealed value opened, at any depth. */
  private async opened(value: object, actor: Actor): Promise<object> {
    if (Array.isArray(value))
      return Promise.all(value.map((item: unknown) => this.openedAny(item, actor)));
    if ('$sealed' in value) return this.open(value as Sealed, actor);
    const entries = await Promise.all(
      Object.entries(value).map(
        async ([key, item]) => [key, await this.openedAny(item, actor)] as const,
      ),
    );
    return Object.fromEntries(entries);
  }

  private async openedAny(value: unknown, actor: Actor): Promise<unknown> {
    return value !== null && typeof value === 'object' ? this.opened(value, actor) : value;
  }
}

const grantsFor = (view: View, actor: Actor) =>
  actor.grants.filter(({ role }) => view.roles.length === 0 || view.roles.includes(role));

/** Null: the caller has no unit here at all. */
function withinUnits(view: View, find: Find, actor: Actor): Find | null {
  if (!view.unit) return find;
  const units = [...new Set(grantsFor(view, actor).map(({ unit }) => unit))];
  if (units.includes('/')) return find;
  if (units.length === 0) return null;
  const or = view.openTo && { by: view.openTo.staff, is: actor.number };
  return { ...find, within: { by: view.unit, units, ...(or ? { or } : {}) } };
}

function isInUnits(view: View, document: object, actor: Actor): boolean {
  if (!view.unit) return true;
  const unit = (document as Record<string, unknown>)[view.unit];
  const grants = grantsFor(view, actor);
  if (typeof unit !== 'string') return grants.length > 0;
  const granted = { ...actor, grants };
  return covers(granted, unit) || isLetIn(granted, letInBy(view, document));
}

function letInBy({ openTo }: View, document: object): LetIn {
  const listAt = (field?: string): readonly string[] =>
    field ? [(document as Record<string, string | string[]>)[field] ?? []].flat() : [];
  return { staff: listAt(openTo?.staff), notFrom: listAt(openTo?.notFrom) };
}

function isClosed(view: View, document: object, actor: Actor): boolean {
  if (!view.closedTo) return false;
  const names = (document as Record<string, unknown>)[view.closedTo];
  return Array.isArray(names) && names.includes(actor.number);
}
