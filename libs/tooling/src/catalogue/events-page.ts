import type { EventContract } from '@shouwen/engine';
import type { Loaded } from './manifests.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string): string => `\`${text}\``;

/** Every event: what it says, who sends it, who hears it. */
export function eventsPage(
  contracts: readonly EventContract[],
  services: readonly Loaded[],
): string {
  const senders = [...new Set(contracts.map(({ type }) => senderOf(type)))].sort();
  const chapters = senders.flatMap((sender) => [
    `## ${sender}`,
    '',
    ...contracts
      .filter(({ type }) => senderOf(type) === sender)
      .flatMap((contract) => entry(contract, services)),
  ]);
  return [
    '# Events',
    '',
    'Written by `npm run catalogue` from the contracts and the manifests; do not edit. Sentences are those of the',
    'timeline, with the fields that fill them in braces. Personal fields are sealed before they reach the log.',
    '',
    ...chapters,
  ].join('\n');
}

const senderOf = (type: string): string => type.split('.')[0]!;

function entry(contract: EventContract, services: readonly Loaded[]): string[] {
  const { type, version, visibility, key, says } = contract;
  const rows: [string, string][] = [
    ['Version', String(version)],
    ['Visible to', visibility === 'public' ? 'every service' : 'its own service, and audit'],
    ['Key', code(key)],
    ['Personal fields', personal(contract)],
    ['In English', says.en],
    ['In Chinese', says.zh],
    ['Heard by', hearers(contract, services)],
  ];
  return [
    `### ${code(type)}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows.map(([name, value]) => `| ${name} | ${cell(value)} |`),
    '',
  ];
}

function personal({ personal: subjects = {} }: EventContract): string {
  const parts = Object.entries(subjects).map(
    ([subject, fields]) =>
      `${Object.entries(fields)
        .map(([field, kind]) => `${code(field)} (${kind})`)
        .join(', ')} of ${code(subject)}`,
  );
  return parts.join('; ') || 'none';
}

function hearers(contract: EventContract, services: readonly Loaded[]): string {
  const names = services.flatMap(({ service: { name, views, reactions, effects } }) =>
    [
      ...views.map((view) => ({ ...view, what: 'view' })),
      ...reactions.map((reaction) => ({ ...reaction, what: 'reaction' })),
      ...effects.map((effect) => ({ ...effect, what: 'effect' })),
    ]
      .filter(({ on }) => on.includes(contract))
      .map((consumer) => `${consumer.what} ${code(`${name}.${consumer.name}`)}`),
  );
  return names.join(', ') || 'nobody yet';
}
