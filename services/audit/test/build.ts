import type { Actor, Event, EventContract, Recorded, Sealed } from '@shouwen/engine';
import { everyContract } from '@shouwen/contracts';
import { samples } from '@shouwen/contracts/samples';
import { NOW } from '@shouwen/testkit';

export const TICKET = '018f4b3c-0000-7000-8000-000000000011';
export const OTHER_TICKET = '018f4b3c-0000-7000-8000-000000000012';

/** An event of the vocabulary as its first golden sample shows it. */
export function anEvent(type: string, override: object = {}): Event {
  const contract = everyContract.find((one) => one.type === type);
  const sample = samples(type).find(({ version }) => version === contract?.version);
  if (!contract || !sample) throw new Error(`there is no sample of ${type}`);
  return { type, version: contract.version, data: { ...sample.data, ...override } };
}

const fieldsOf = (contract: EventContract) => Object.entries(contract.personal ?? {});

let count = 0;

/** The event as a consumer meets it: personal fields are sealed. */
export function recorded(event: Event, override: Partial<Recorded> = {}): Recorded {
  const contract = everyContract.find(({ type }) => type === event.type)!;
  const data = { ...event.data } as Record<string, unknown>;
  const id = `0192f0c4-2000-8000-8000-${String(++count).padStart(12, '0')}-0`;
  const sealed: Record<string, Sealed> = {};
  for (const [field, kinds] of fieldsOf(contract)) {
    const present = Object.keys(kinds).filter((name) => data[name] !== undefined);
    if (present.length === 0) continue;
    const secret = JSON.stringify(Object.fromEntries(present.map((name) => [name, data[name]])));
    sealed[field] = {
      $sealed: Buffer.from(secret).toString('base64'),
      subject: String(data[field]),
      event: id,
      kinds,
    };
    for (const name of present) delete data[name];
  }
  return {
    ...event,
    data,
    id,
    log: `${event.type.split('.')[0]}.main`,
    g: count,
    stream: 'ticket-x',
    streamVersion: 1,
    key: 'k',
    occurredAt: NOW,
    recordedAt: NOW,
    meta: { actor: '1001', tenant: 'main', correlation: 'c' },
    sealed,
    ...override,
  };
}

export const anActor = (number: string, ...grants: [role: string, unit: string][]): Actor => ({
  number,
  tenant: 'main',
  grants: grants.map(([role, unit]) => ({ role, unit })),
});
