import { hash } from 'node:crypto';
import {
  nameBased,
  NotFound,
  Refused,
  type Actor,
  type Command,
  type Grant,
  type Runtime,
  type Service,
  type View,
} from '@shouwen/engine';
import { plainToInstance } from 'class-transformer';
import type { Identity } from '@shouwen/nest';
import { hashPassword, isPassword } from './passwords.js';

/** What the organisation's service keeps about somebody who may sign in: its view `credentials`. */
interface Credentials {
  readonly staff: string;
  readonly unit: string;
  readonly grants: readonly Grant[];
  /** Opened by the engine; absent where nobody can sign in as them. */
  readonly person?: { readonly passwordHash?: string };
  readonly hasLeft?: boolean;
  /** Number of the last event that changed this, in the log of the service that keeps it. */
  readonly knownTo?: number;
}

export type Send = (command: Command, asStaff?: string) => Promise<object>;

const TENANT = 'main';
const VIEW = 'credentials';
const COMMANDS = { register: 'RegisterStaff', setPassword: 'SetPassword' } as const;

/** Deciders of the organisation ask how far the acting person's grants reach. */
const ALL = [{ role: 'administrator', unit: '/' }];

const COMMAND_TIME = '018f00000000';

/** Signs staff in by what dispatch knows about them. The only place where a service's record is found by its name. */
export class Accounts {
  /** False where this process has a copy only: then nobody signs in here and no password is set. */
  readonly areKeptHere: boolean;
  private readonly view: View;

  constructor(
    private readonly runtime: Runtime,
    private readonly send: Send,
  ) {
    this.view = viewOf(runtime.service);
    this.areKeptHere = keepsAccounts(runtime.service);
  }

  /** Null for an unknown user as for a wrong password, after the same work. */
  async signIn(number: string, password: string): Promise<Identity | null> {
    const found = await this.find(number);
    const isRight = await isPassword(password, found?.person?.passwordHash);
    return found && isRight && !found.hasLeft ? identityOf(found) : null;
  }

  /**
   * The account behind a token: null once it is gone or has another password than when the token was made. Where a copy
   * has not heard yet what the issuer of the token knew, the issuer's signature has to do.
   */
  async current(claimed: Identity): Promise<Identity | null> {
    const { number, tenant, stamp, knownTo = 0 } = claimed;
    const found = tenant === TENANT ? await this.find(number) : null;
    if (tenant === TENANT && knownTo > (found?.knownTo ?? 0)) return claimed;
    const identity = found && !found.hasLeft ? identityOf(found) : null;
    return identity?.stamp === stamp ? identity : null;
  }

  async register(number: string, unit: string, grants: readonly Grant[]): Promise<void> {
    await this.send(this.command(COMMANDS.register, { staff: number, unit, grants }));
  }

  /** `by`: who sets it; the person's own doing where nobody else is named. */
  async setPassword(number: string, password: string, by = number): Promise<Identity> {
    const passwordHash = await hashPassword(password);
    const command = this.command(COMMANDS.setPassword, { staff: number, passwordHash });
    const { log } = (await this.send(command, by)) as { log: string };
    return identityOf((await this.find(number, log))!);
  }

  /** Who they are and what they may; null for nobody, or somebody who has left. */
  async identity(number: string): Promise<Identity | null> {
    const found = await this.find(number);
    return found && !found.hasLeft ? identityOf(found) : null;
  }

  private command(name: string, fields: object): Command {
    const useCase = this.runtime.service.commands.find(({ command }) => command.name === name);
    if (!useCase)
      throw new Refused(`Nobody can sign in: ${this.runtime.service.name} has no ${name}.`);
    return plainToInstance(useCase.command, fields, { exposeUnsetFields: false });
  }

  private async find(number: string, after?: string): Promise<Credentials | null> {
    try {
      return (await this.runtime.get(
        this.view,
        number,
        READER,
        after === undefined ? {} : { after },
      )) as Credentials;
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  }
}

/** Reads on behalf of nobody in particular; the role is one that sees sealed fields as they are. */
const READER: Actor = {
  number: 'system:sign-in',
  tenant: TENANT,
  grants: [{ role: 'supervisor', unit: '/' }],
};

const identityOf = ({ staff, grants, unit, person, knownTo }: Credentials): Identity => ({
  number: staff,
  tenant: TENANT,
  grants,
  unit,
  ...(knownTo === undefined ? {} : { knownTo }),
  stamp: hash('sha256', person?.passwordHash ?? '', 'base64url').slice(0, 16),
});

const isCredentials = ({ name }: View) => name === VIEW || name.endsWith(`.${VIEW}`);

const viewOf = ({ name, views }: Service): View => {
  const view = views.find(isCredentials);
  if (!view) throw new Refused(`Nobody can sign in: ${name} has no view ${VIEW}.`);
  return view;
};

/** True for the service whose commands make accounts; a copy of them has the view only. */
export const keepsAccounts = ({ commands, views }: Service): boolean =>
  views.some(isCredentials) && commands.some(({ command }) => command.name === COMMANDS.register);

/** Services of which one knows the accounts: where none does by itself, the first one gets the view of the one that does. */
export function withAccounts(
  services: readonly Service[],
  all: readonly Service[],
): readonly Service[] {
  const view = all.flatMap(({ views }) => views).find(isCredentials);
  const [first, ...others] = services;
  if (!first || !view || services.some(keepsAccounts)) return services;
  return [{ ...first, views: [...first.views, view] }, ...others];
}

/** The runtime whose service knows who may sign in. */
export function accountsRuntime(runtimes: readonly Runtime[]): Runtime {
  const found = runtimes.find(({ service }) => service.views.some(isCredentials));
  if (!found) throw new Refused(`Nobody can sign in: no service has a view ${VIEW}.`);
  return found;
}

/**
 * The door for what the installation itself does, at its first start above all: the same command in the same name has
 * the same key, so that a start that was killed half-way goes on where it was.
 */
export function senderTo(runtimes: readonly Runtime[], doors: ReadonlyMap<Runtime, Door>): Send {
  return async (wish, asStaff = 'system:first-start') => {
    const shape = wish.constructor as new () => Command;
    const command = plainToInstance(shape, { ...wish }, { exposeUnsetFields: false });
    const runtime = runtimes.find(({ service }) =>
      service.commands.some((useCase) => useCase.command === shape),
    );
    if (!runtime) throw new Refused(`No running service takes the command ${shape.name}.`);
    const content = JSON.stringify([shape.name, asStaff, command]);
    const key = nameBased(COMMAND_TIME, hash('sha256', content, 'hex'));
    const answer = await doors.get(runtime)!(command, {
      actor: { number: asStaff, tenant: TENANT, grants: ALL },
      key,
      route: 'first-start',
      fingerprint: null,
      isSystem: true,
    });
    return (answer as { answer: object }).answer;
  };
}

type Door = Parameters<Runtime['start']>[0];
