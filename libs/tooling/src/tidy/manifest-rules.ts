import { basename } from 'node:path';
import type { EventContract, Service } from '@shouwen/engine';
import { durableNames, type Declared, type Loaded } from '../catalogue/manifests.js';
import { NAMES } from './append-only.js';
import type { Finding } from './repository.js';

/** What a file declares and its manifest forgets does nothing, and no compiler says so. */
export function unlistedFindings({ service, declared }: Loaded): Finding[] {
  const listed = new Set<unknown>([
    ...service.commands,
    ...service.views,
    ...service.reactions,
    ...service.effects,
    ...service.routes.map(({ does }) => does),
  ]);
  return declared
    .filter(({ part }) => !listed.has(part))
    .map(({ path, name, kind }) => ({
      path,
      says: `${name} is a ${kind} that the manifest of ${service.name} does not list`,
    }));
}

/** A route for a command that the manifest does not list would answer 500 on the first request. */
export function routeFindings({ name, routes, commands }: Service): Finding[] {
  return routes
    .filter(({ does }) => 'command' in does && !commands.includes(does))
    .map(({ method, path }) => ({
      path: `services/${name}`,
      says: `${method} ${path} sends a command that the manifest does not list`,
    }));
}

/** Events that are consumed exist in the vocabulary, and are the service's own or public. */
export function consumedFindings(
  { service, declared }: Loaded,
  contracts: readonly EventContract[],
): Finding[] {
  const known = new Set(contracts);
  return declared.flatMap((item) =>
    eventsOf(item)
      .filter((event) => !known.has(event) || !mayHear(service, event))
      .map((event) => ({
        path: item.path,
        says: known.has(event)
          ? `${item.name} hears ${event.type}, which is not public and belongs to another service`
          : `${item.name} hears ${event.type}, which neither libs/contracts nor the engine exports`,
      })),
  );
}

function eventsOf({ kind, part }: Declared): readonly EventContract[] {
  if (kind === 'query') return [];
  return kind === 'command' ? (part.stream.events as readonly EventContract[]) : part.on;
}

/** Audit keeps the timeline of everything. */
const mayHear = (service: Service, event: EventContract): boolean =>
  event.visibility === 'public' ||
  service.name === 'audit' ||
  event.type.startsWith(`${service.name}.`);

/** A subscription remembers its place by this name, so that the file and the name must stay one thing. */
export function nameFindings(declared: readonly Declared[]): Finding[] {
  return declared.flatMap((item) => {
    if (item.kind === 'command' || item.kind === 'query') return [];
    const file = basename(item.path).replace(/(\.view)?\.ts$/, '');
    const others = declared.filter(({ path, kind }) => path === item.path && kind === item.kind);
    const { name } = item.part;
    return name === file || (others.length > 1 && name.includes(file))
      ? []
      : [{ path: item.path, says: `is called "${name}"; file and durable name are one word` }];
  });
}

/** `name` adds, `- name` retires. */
export function durableNameFindings(list: string, services: readonly Service[]): Finding[] {
  const path = NAMES;
  const lines = list.split('\n').filter(Boolean);
  const retired = new Set(lines.filter((l) => l.startsWith('- ')).map((line) => line.slice(2)));
  const named = lines.filter((line) => !line.startsWith('- '));
  const inUse = services.flatMap(durableNames);
  const twice = [inUse, named].flatMap((all) =>
    all.filter((name, index) => all.indexOf(name) !== index),
  );
  return [
    ...twice.map((name) => ({ path, says: `${name} is there twice` })),
    ...inUse
      .filter((name) => !named.includes(name))
      .map((name) => ({ path, says: `lacks ${name}; "npm run catalogue" adds it` })),
    ...inUse
      .filter((name) => retired.has(name))
      .map((name) => ({ path, says: `${name} is retired and cannot come back` })),
    ...named
      .filter((name) => !inUse.includes(name) && !retired.has(name))
      .map((name) => ({
        path,
        says: `nobody is called ${name} any more; put the name back, or retire it with a line "- ${name}"`,
      })),
  ];
}
