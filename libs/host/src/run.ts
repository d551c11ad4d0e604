import { Invalid, Refused, type Service } from '@shouwen/engine';
import { framesOf } from '@shouwen/nest';
import { chosenServices } from './chosen-services.js';
import { configurationOf, type Configuration } from './configuration.js';
import type { Seed } from './first-start.js';
import { HELP } from './help.js';
import { startHost, type Host } from './host.js';

export interface RunOptions {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Sends what a new installation starts with, such as a sample city. Sent again after a crash, under the same keys. */
  readonly firstStart?: Seed;
}

/** The services themselves, or how to make them where one of them needs to know a directory. */
export type Services = readonly Service[] | ((configuration: Configuration) => readonly Service[]);

/** The whole life of the process: start, say where to look, stop on a signal. Users see sentences, never a stack. */
export async function run(all: Services, options: RunOptions = {}): Promise<void> {
  try {
    const configuration = configurationOf(
      options.argv ?? process.argv.slice(2),
      options.env ?? process.env,
    );
    if (configuration.isHelp) return void process.stdout.write(HELP);
    const log = (line: object) =>
      process.stderr.write(`${JSON.stringify({ at: new Date(), ...line })}\n`);
    endOnMistake(log);
    const manifests = typeof all === 'function' ? all(configuration) : all;
    const services = chosenServices(manifests, configuration);
    const { firstStart } = options;
    const host = await startHost(services, {
      configuration,
      log,
      ...(firstStart ? { firstStart } : {}),
    });
    stopOnSignal(host);
    process.stdout.write(welcome(host));
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** A mistake of ours that nothing caught. The log survives any kill, so the honest thing is to end and say so. */
function endOnMistake(log: (line: object) => void): void {
  process.on('uncaughtException', (error) => {
    log({ level: 'fatal', error: error.name, frames: framesOf(error) });
    process.stderr.write(
      'Shouwen ended because of a mistake of its own; nothing that was answered is lost. Start it again.\n',
    );
    process.exit(1);
  });
}

/** One Ctrl-C reaches us twice, from the terminal and from npm; only a later one means impatience. Milliseconds. */
const SAME_KEYSTROKE = 1_000;

function stopOnSignal(host: Host): void {
  let stoppingSince: number | null = null;
  const stop = () => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince < SAME_KEYSTROKE) return;
      process.exit(1);
    }
    stoppingSince = performance.now();
    process.stdout.write('Stopping: finishing what is in flight. 正在停止。\n');
    host.stop().then(
      () => {
        process.stdout.write('Stopped. 已停止。\n');
        process.exit(0);
      },
      (error: unknown) => {
        process.stderr.write(`${sentenceOf(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

/** Refused is written for the reader. Other errors at a start show their message, and their frames when asked for. */
function sentenceOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof Invalid)
    return [
      error.message,
      ...error.faults.map(({ field, message }) => `${field}: ${message}`),
    ].join('; ');
  const message = error instanceof Error ? error.message : String(error);
  return process.env['SHOUWEN_DEBUG'] && error instanceof Error
    ? (error.stack ?? message)
    : message;
}

function welcome({ url, password, isNew, training, runtimes, accounts }: Host): string {
  const lines = [
    `Shouwen 首问 is ready on ${url} (${Math.round(performance.now())} ms; ${runtimes.map(({ service }) => service.name).join(', ')})`,
    '',
    `  documentation 接口文档    ${url}/docs`,
    `  health 运行状态           ${url}/health/ready`,
    accounts.areKeptHere
      ? `  sign in 登录              POST ${url}/auth/token {"user": "admin", "password": …}`
      : '  sign in 登录              at the process of dispatch 在 dispatch 进程登录',
    ...(training
      ? [`  training clock 演练时钟   ${training.now()}, POST ${url}/training/clock/advance`]
      : []),
    `  sample 示例               npm run demo; npm run import -- FILE --map MAP`,
  ];
  if (password !== undefined)
    lines.push(
      '',
      `  Password of admin, shown this once: ${password}`,
      `  管理员 admin 的密码（仅显示一次）：${password}`,
    );
  else if (isNew)
    lines.push('', '  The password of admin is your ADMIN_PASSWORD. 管理员密码为 ADMIN_PASSWORD。');
  return `${lines.join('\n')}\n`;
}
