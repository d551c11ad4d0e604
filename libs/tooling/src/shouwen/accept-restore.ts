import {
  acceptRestored,
  Refused,
  type Accepted,
  type AcceptedConsumer,
  type Engine,
  type RestoredLogs,
} from '@shouwen/engine';
import { openEmbeddedEngine, RestoredFiles, servicesIn } from '@shouwen/engine-embedded';
import { openKafkaEngine, RestoredMongoLogs } from '@shouwen/engine-kafka';
import { Command } from 'commander';
import { loadServices } from '../catalogue/manifests.js';
import { settingsOf, type Settings } from './settings.js';

interface Options {
  readonly log?: string;
  readonly all?: true;
  readonly json?: true;
}

export const acceptRestoreCommand = (): Command =>
  new Command('accept-restore')
    .description(
      'Accepts a log that was restored from a copy: it goes on as a new epoch, and every consumer is set to where its ' +
        'work and the copy agree. Stop the services first. 认可由备份恢复的日志：以新纪元继续，各消费者退回到与备份一致之处；请先停止服务。',
    )
    .option('--log <LOG>', 'which log, such as intake.main 日志名')
    .option('--all', 'every log that needs it 所有需要认可的日志')
    .option('--json', 'print what was done as JSON 以 JSON 输出结果')
    .addHelpText(
      'after',
      `
Environment 环境变量：as for npm start; DATA_DIR, or MONGO_URL, MONGO_PREFIX, KAFKA_BROKERS and MASTER_KEY_FILE.
同 npm start。

Events that only the lost log had are lost: put the newest copy back that there is before you accept it. It may be
killed at any time and run again; where nothing needs it, it says so and changes nothing.
备份之后的事件将无法找回：请先确认放回的是最新备份。可随时中断后重新执行；若无需认可则不做任何改动。

Exit: 0 accepted, or nothing to accept; 1 not done, the sentence says why.`,
    )
    .action(run);

async function run({ log, all, json }: Options): Promise<void> {
  if ((log === undefined) === (all === undefined))
    throw new Refused('Name one log with --log, or all of them with --all. 请用 --log 或 --all。');
  const { engine, logs, close } = await open(await settingsOf(process.env));
  try {
    const here = await logs.services();
    const chosen = all ? here : here.filter((service) => nameOf(service) === log);
    if (chosen.length === 0)
      throw new Refused(`There is no log ${log}; there are ${here.map(nameOf).join(', ')}.`);
    const services = (await loadServices()).map(({ service }) => service);
    const accepted: Accepted[] = [];
    for (const service of chosen) {
      const one = await acceptRestored({ engine, logs, services, service });
      accepted.push(one);
      if (!json) console.log(report(one));
    }
    if (json) console.log(JSON.stringify(accepted));
  } finally {
    await close();
  }
}

/** Tenant group of the logs; one until an installation outgrows it. */
const nameOf = (service: string): string => `${service}.main`;

interface Opened {
  readonly engine: Engine;
  readonly logs: RestoredLogs;
  readonly close: () => Promise<void>;
}

async function open({ dataDir, servers, masterKeyFile }: Settings): Promise<Opened> {
  if (!servers) {
    if (servicesIn(dataDir).length === 0)
      throw new Refused(`${dataDir} holds no installation; DATA_DIR names another directory.`);
    const engine = openEmbeddedEngine({ directory: dataDir, masterKeyFile });
    return { engine, logs: new RestoredFiles(dataDir), close: () => engine.close() };
  }
  const { mongo, kafka } = servers;
  const logs = await RestoredMongoLogs.open({ mongo, ...(kafka ? { kafka } : {}) });
  try {
    const engine = await openKafkaEngine({ mongo, masterKeyFile: servers.masterKeyFile });
    const close = async () => void (await Promise.all([engine.close(), logs.close()]));
    return { engine, logs, close };
  } catch (error) {
    await logs.close();
    throw error;
  }
}

/** What was done and what is lost, in plain words. */
export function report(accepted: Accepted): string {
  const { log, isNeeded, epoch, g, lost, consumers, timers, parked, isLogOnly } = accepted;
  if (!isNeeded) return `${log}: nobody remembers more than it has; nothing to accept. 无需认可。`;
  const views = consumers.filter(({ kind }) => kind === 'view');
  const back = consumers.filter(({ kind, saw, now }) => kind !== 'view' && saw > now);
  const unsent = consumers.filter(({ kind, saw, now }) => kind === 'effect' && saw < now);
  return [
    `${log} is accepted at event ${g}, and goes on as epoch ${epoch}. 已在事件 ${g} 处认可，以纪元 ${epoch} 继续。`,
    `  ${lost} events that consumers had seen are lost 丢失的事件`,
    ...views.map(({ name }) => `  ${name} is built anew at the next start 将重建`),
    ...back.map(movedBack),
    ...unsent.map(
      ({ name, saw, now }) =>
        `  ${name} had come to event ${saw} only: what it has not sent up to event ${now} stays unsent, in case it was 不再补发`,
    ),
    ...(timers ? [`  ${timers} timers of lost events were dropped 已删除的定时`] : []),
    ...(parked ? [`  ${parked} parked items of lost events were dropped 已删除的滞留事项`] : []),
    ...(isLogOnly
      ? [
          '  The documents of this service are newer than its log: what its reactions had recorded in lost events is not',
          '  made again. Put its documents back from the same copy, if there is one, before you start.',
          '  该服务的文档新于其日志：如有同一备份的文档，请在启动前一并放回。',
        ]
      : []),
    '  What other services recorded because of lost events stays recorded; it is true that it happened.',
    '  其他服务因已丢失事件而作的记录予以保留。',
  ].join('\n');
}

const movedBack = ({ name, saw, now }: AcceptedConsumer): string =>
  `  ${name} goes back from event ${saw} to ${now} 回退`;
