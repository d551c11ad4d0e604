import { randomUUID } from 'node:crypto';
import type { ContainerRuntimeClient, StartedTestContainer } from 'testcontainers';
import { lastLines } from './place.js';
import type { Blow, Place, Running } from './place.js';
import { until } from './until.js';
import { watch } from './watch.js';
import type { RuntimeAddress } from './watch.js';

const FOLDER = '/tmp/shouwen-engines';

/**
 * Servers as processes inside one container. All members of a set share it, and each has the same port inside and
 * outside, because they tell each other and their callers one and the same address, 127.0.0.1:port.
 */
export class ContainerPlace implements Place {
  readonly origin = 'container';
  readonly listenOn = '0.0.0.0';
  readonly folder = FOLDER;
  readonly #container: StartedTestContainer;
  readonly #crossOut: () => void;

  private constructor(container: StartedTestContainer, crossOut: () => void) {
    this.#container = container;
    this.#crossOut = crossOut;
  }

  /** Throws where no runtime answers or the image cannot be had. */
  static async open(image: string, ports: readonly number[]): Promise<ContainerPlace> {
    // Our watcher removes containers by label, so the one that testcontainers would pull for that is not needed.
    process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
    const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
    const where = addressOf(await getContainerRuntimeClient());
    const name = `shouwen.engines=${randomUUID()}`;
    const [key, value] = name.split('=') as [string, string];
    const crossOut = watch({ kind: 'container', of: { where, label: name } });
    const container = await new GenericContainer(image)
      // Nothing but a shell that waits: servers come and go beside it, and it buries those that were killed.
      .withEntrypoint(['sh'])
      .withCommand(['-c', `mkdir -p ${FOLDER} && echo ready && while :; do sleep 1; done`])
      .withLabels({ [key]: value })
      .withExposedPorts(...ports.map((port) => ({ container: port, host: port })))
      .withWaitStrategy(Wait.forLogMessage('ready'))
      .start();
    return new ContainerPlace(container, crossOut);
  }

  async write(name: string, content: string): Promise<void> {
    await this.#container.copyContentToContainer([{ content, target: `${FOLDER}/${name}` }]);
  }

  async makeFolder(name: string): Promise<void> {
    await this.run(['mkdir', '-p', `${FOLDER}/${name}`]);
  }

  async run(command: readonly string[]): Promise<void> {
    const { exitCode, output } = await this.#container.exec([...command]);
    if (exitCode !== 0) throw new Error(`${command.join(' ')} failed: ${lastLines(output)}`);
  }

  async start(command: readonly string[], log: string): Promise<Running> {
    const file = `${FOLDER}/${log}`;
    // Stays open as long as the server runs, so nobody need ask the container again and again whether it does.
    const ended = this.#container.exec([
      ...['sh', '-c', `echo $$ >"$0.pid"; exec "$@" >>"$0" 2>&1 </dev/null`, file, ...command],
    ]);
    const server = new ContainerProcess(this.#container, ended);
    await server.learnPid(`${file}.pid`);
    return server;
  }

  async tail(name: string): Promise<string> {
    return lastLines((await this.#container.exec(['cat', `${FOLDER}/${name}`])).output);
  }

  async end(): Promise<void> {
    await this.#container.stop({ timeout: 0 });
    this.#crossOut();
  }
}

class ContainerProcess implements Running {
  readonly #container: StartedTestContainer;
  #isAlive = true;
  #pid = 0;

  constructor(container: StartedTestContainer, ended: Promise<unknown>) {
    this.#container = container;
    const onEnd = () => (this.#isAlive = false);
    ended.then(onEnd, onEnd);
  }

  get pid(): number {
    return this.#pid;
  }

  async learnPid(file: string): Promise<void> {
    this.#pid = await until(`${file} says which process it is`, async () => {
      const { exitCode, stdout } = await this.#sh(`cat ${file} && rm -f ${file}`);
      return exitCode === 0 && Number(stdout.trim());
    });
  }

  async isAlive(): Promise<boolean> {
    return this.#isAlive;
  }

  async hit(blow: Blow): Promise<void> {
    await this.#sh(`kill -s ${blow.slice('SIG'.length)} ${this.#pid}`);
  }

  #sh(script: string) {
    return this.#container.exec(['sh', '-c', script]);
  }
}

function addressOf(client: ContainerRuntimeClient): RuntimeAddress {
  const { socketPath, host, port } = client.container.dockerode.modem as RuntimeAddress;
  if (socketPath) return { socketPath };
  return { ...(host ? { host } : {}), ...(port ? { port: Number(port) } : {}) };
}
