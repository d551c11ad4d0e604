import { idField, type EventContract, type Service } from '@shouwen/engine';
import type { Loaded } from './manifests.js';

const code = (text: string): string => `\`${text}\``;
const list = (items: readonly string[]): string => [...new Set(items)].join(', ') || 'none';

/** What each service takes, shows, and does by itself. */
export function servicesPage(services: readonly Loaded[]): string {
  return [
    '# Services',
    '',
    'Written by `npm run catalogue` from the manifests; do not edit. A command without a route is sent by reactions',
    'only. Every POST needs an `Idempotency-Key`; every GET of a view takes the filters listed as its indexes.',
    '',
    ...services.flatMap(({ service }) => chapter(service)),
  ].join('\n');
}

function chapter(service: Service): string[] {
  const { name, routes, commands, views, reactions, effects } = service;
  const routed = new Set(routes.map(({ does }) => does));
  const inside = commands.filter((command) => !routed.has(command));
  return [
    `## ${name}`,
    '',
    ...table(
      ['Route', 'Who', 'What'],
      routes.map(({ method, path, roles, summary }) => [
        code(`${method} /${name}${path}`),
        list(roles),
        summary,
      ]),
    ),
    ...table(
      ['Command of reactions', 'Stream', 'Id'],
      inside.map(({ command, stream }) => [
        code(command.name),
        code(stream.name),
        code(idField(stream)),
      ]),
    ),
    ...table(
      ['View', 'Who', 'Filters and order', 'Built from'],
      views.map((view) => [
        code(view.roles.length ? `GET /${name}/${view.name}` : view.name),
        list(view.roles),
        list(view.indexes.map(code)),
        heard(view.on),
      ]),
    ),
    ...table(
      ['Reaction', 'To', 'When'],
      reactions.map(({ name: reaction, on, due }) => [
        code(reaction),
        heard(on),
        due ? 'at the instants the event names' : 'at once',
      ]),
    ),
    ...table(
      ['Effect', 'To'],
      effects.map(({ name: effect, on }) => [code(effect), heard(on)]),
    ),
  ];
}

const heard = (on: readonly EventContract[]): string => list(on.map(({ type }) => code(type)));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
