// What the host remembers about an installation: whether its first start is done, and which clock its events carry.
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fenced, Refused, type Documents, type Engine, type Service } from '@shouwen/engine';

export interface Installation {
  /** Throws Refused where the data carry instants of the other kind of clock. */
  keepApart(isTraining: boolean): Promise<void>;
  /** Services whose first start is still to be done. */
  unstarted(): Promise<readonly Service[]>;
  finish(services: readonly Service[]): Promise<void>;
}

const MARK = 'first-start.json';

/** The embedded engine's: marks in the one directory that everything lies in. */
export class DirectoryInstallation implements Installation {
  constructor(
    private readonly directory: string,
    private readonly services: readonly Service[],
  ) {}

  async keepApart(isTraining: boolean): Promise<void> {
    const { directory } = this;
    makeWritable(directory);
    const isTrainingData = existsSync(join(directory, 'training.json'));
    const hasLogs =
      existsSync(directory) && readdirSync(directory).some((f) => f.endsWith('.log.db'));
    if (isTrainingData && !isTraining)
      throw new Refused(
        `${directory} is a training directory; start it with --training, or set DATA_DIR to another one.`,
      );
    if (hasLogs && !isTrainingData && isTraining)
      throw new Refused(
        `${directory} holds real data; training needs a directory of its own: set DATA_DIR.`,
      );
  }

  async unstarted(): Promise<readonly Service[]> {
    return existsSync(join(this.directory, MARK)) ? [] : this.services;
  }

  async finish(): Promise<void> {
    const handle = openSync(join(this.directory, MARK), 'w', 0o600);
    writeSync(handle, JSON.stringify({ finishedAt: new Date().toISOString() }));
    fsyncSync(handle);
    closeSync(handle);
  }
}

function makeWritable(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refused(
      `${directory} is no directory that this user may write to (${code ?? 'unknown'}); change that, or set DATA_DIR to another one.`,
    );
  }
}

const TABLE = { name: '$host', indexes: [] };
const TENANT = '-';
const ID = 'installation';

interface Remembered {
  readonly mode: 'real' | 'training';
  readonly firstStartAt?: string;
}

/** On servers: a document of each service, for its process may be the only one that runs here. */
export class ServedInstallation implements Installation {
  constructor(
    private readonly engine: Engine,
    private readonly services: readonly Service[],
  ) {}

  async keepApart(isTraining: boolean): Promise<void> {
    const mode = isTraining ? 'training' : 'real';
    for (const service of this.services) {
      const remembered = await this.begin(service, mode);
      if (remembered.mode !== mode)
        throw new Refused(
          `What these servers hold of ${service.name} is ${remembered.mode === 'training' ? 'training data; start it with --training' : 'real data; training needs its own'}` +
            ', or set MONGO_PREFIX to another name.',
        );
    }
  }

  async unstarted(): Promise<readonly Service[]> {
    const marks = await Promise.all(this.services.map((service) => this.read(service)));
    return this.services.filter((_, i) => marks[i]?.firstStartAt === undefined);
  }

  async finish(services: readonly Service[]): Promise<void> {
    for (const service of services) {
      const remembered = await this.read(service);
      const document = { ...remembered, firstStartAt: new Date().toISOString() };
      await (await this.documentsOf(service)).write([{ ...PLACE, document }]);
    }
  }

  /** A log that came from elsewhere, such as a copied installation, had its first start there. */
  private async begin(service: Service, mode: Remembered['mode']): Promise<Remembered> {
    const known = await this.read(service);
    if (known) return known;
    const { log, documents } = await this.engine.open(service.name);
    const { g } = await log.head();
    const document: Remembered = {
      mode,
      ...(g === 0 ? {} : { firstStartAt: new Date().toISOString() }),
    };
    try {
      await documents.write([{ ...PLACE, document, ifWas: null }]);
      return document;
    } catch (error) {
      // Another process of the same service began at the same moment.
      if (error instanceof Fenced) return (await this.read(service))!;
      throw error;
    }
  }

  private async read(service: Service): Promise<Remembered | null> {
    const documents = await this.documentsOf(service);
    return (await documents.get(TABLE.name, TENANT, ID)) as Remembered | null;
  }

  private async documentsOf({ name }: Service): Promise<Documents> {
    const { documents } = await this.engine.open(name);
    await documents.define(TABLE);
    return documents;
  }
}

const PLACE = { table: TABLE.name, tenant: TENANT, id: ID };
