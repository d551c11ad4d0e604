import { readFileSync } from 'node:fs';
import type { RunOptions } from '@shouwen/host';
import { parse } from 'yaml';

type Send = Parameters<NonNullable<RunOptions['firstStart']>>[0];
type Wish = Parameters<Send>[0];

/** A service as far as this needs it: its commands, by the names of their classes. */
interface Service {
  readonly commands: readonly { readonly command: new () => Wish }[];
}

interface Customer {
  readonly customer: string;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly priorityReason?: string;
  readonly servicePoints: readonly {
    readonly servicePoint: string;
    readonly utility: string;
    readonly gridCode: string;
    readonly account: string;
  }[];
}

interface Person {
  readonly unit: string;
  readonly grants: readonly { readonly role: string; readonly unit?: string }[];
}

interface Grids {
  readonly grids: readonly object[];
  readonly routes: readonly object[];
}

/** At so many at a time the log commits them in groups; more would only wait in memory. */
const AT_A_TIME = 64;

/**
 * Mingcheng 明城, the city every new installation starts with, so that there is something to see: organisation, grids,
 * staff, posts, customers and service points. Nobody but the administrator can sign in until given a password.
 */
export function sampleCity(services: readonly Service[]): (send: Send) => Promise<void> {
  const shapes = new Map(
    services.flatMap(({ commands }) => commands.map(({ command }) => [command.name, command])),
  );
  return async (send) => {
    const all = async (name: string, wishes: readonly object[]) => {
      const shape = shapes.get(name);
      // One service alone starts with its own part of the city.
      if (!shape) return;
      for (let at = 0; at < wishes.length; at += AT_A_TIME)
        await Promise.all(
          wishes.slice(at, at + AT_A_TIME).map((wish) => send(Object.assign(new shape(), wish))),
        );
    };
    const units = read<readonly { unit: string }[]>('units');
    // Parents before children: a unit below one that is not there yet is refused.
    for (const depth of [...new Set(units.map(depthOf))].sort())
      await all(
        'RegisterUnit',
        units.filter((unit) => depthOf(unit) === depth),
      );
    const { grids, routes } = read<Grids>('grids');
    await all('DefineGrid', grids);
    await all('RouteUtility', routes);
    await all('RegisterStaff', read<readonly Person[]>('staff').map(atHome));
    // One after the other: the posts of a unit are one stream, and a deputy may stand in for two of them.
    for (const post of read<readonly object[]>('posts')) await all('HoldPost', [post]);
    const customers = read<readonly Customer[]>('customers');
    await all('RegisterCustomer', customers.map(customerOf));
    await all('RegisterServicePoint', customers.flatMap(servicePointsOf));
  };
}

const depthOf = ({ unit }: { unit: string }): number => unit.split('/').length;

const read = <T>(name: string): T =>
  parse(readFileSync(new URL(`../city/${name}.yaml`, import.meta.url), 'utf8')) as T;

/** A grant that names no unit is one in the home unit. */
const atHome = (person: Person): object => ({
  ...person,
  grants: person.grants.map(({ role, unit = person.unit }) => ({ role, unit })),
});

const REVISION = 'sample-1';

const customerOf = ({ customer, name, phone, priorityReason, servicePoints }: Customer) => ({
  customerId: customer,
  name,
  phone,
  accountIds: servicePoints.map(({ account }) => account),
  isPriority: priorityReason !== undefined,
  ...(priorityReason ? { priorityReason } : {}),
  revision: REVISION,
});

const servicePointsOf = ({ customer, address, servicePoints }: Customer) =>
  servicePoints.map(({ servicePoint, utility, gridCode, account }) => ({
    servicePointId: servicePoint,
    utility,
    gridCode,
    accountId: account,
    customerId: customer,
    address,
    revision: REVISION,
  }));
