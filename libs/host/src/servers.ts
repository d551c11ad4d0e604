// What the environment says about MongoDB and Kafka. Each mistake is one sentence that names the setting.
import { existsSync, readFileSync } from 'node:fs';
import { Refused } from '@shouwen/engine';
import type { KafkaEngineOptions } from '@shouwen/engine-kafka';
import type { Mistakes } from './mistakes.js';
import { secretOf, type Environment } from './secrets.js';

export type Servers = Pick<KafkaEngineOptions, 'mongo' | 'kafka' | 'masterKeyFile'>;

type Kafka = NonNullable<KafkaEngineOptions['kafka']>;

const ENGINES = ['embedded', 'kafka'];
const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

const NEW_KEY = 'openssl rand -base64 32 > FILE';

/** The servers to use; undefined: the embedded engine, which needs none. */
export function serversOf(env: Environment, mistakes: Mistakes): Servers | undefined {
  if (mistakes.of(() => engineOf(env), 'embedded') === 'embedded') return undefined;
  const mongo = mistakes.of(() => mongoOf(env), { url: '' });
  const kafka = kafkaOf(env, mistakes);
  const masterKeyFile = mistakes.of(() => masterKeyOf(env), '');
  return { mongo, ...(kafka ? { kafka } : {}), masterKeyFile };
}

function engineOf(env: Environment): string {
  const isNamed = ['MONGO_URL', 'MONGO_URL_FILE', 'KAFKA_BROKERS'].some((name) => env[name]);
  const engine = env['ENGINE'] || (isNamed ? 'kafka' : 'embedded');
  if (!ENGINES.includes(engine))
    throw new Refused(`ENGINE must be embedded or kafka; it is ${engine}.`);
  return engine;
}

function mongoOf(env: Environment): Servers['mongo'] {
  const url = secretOf('MONGO_URL', env);
  const prefix = env['MONGO_PREFIX'];
  if (!url)
    throw new Refused(
      'MONGO_URL is missing: it names the replica set that keeps logs and documents, such as mongodb://a,b,c/?replicaSet=rs0.',
    );
  // The whole of it may hold a password, so what is wrong with it is not shown.
  if (!/^mongodb(\+srv)?:\/\/\S+$/.test(url))
    throw new Refused('MONGO_URL must begin with mongodb:// or mongodb+srv://.');
  if (!prefix) return { url };
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(prefix))
    throw new Refused(
      `MONGO_PREFIX must be small letters, digits and hyphens, at most 31 of them; it is ${prefix}.`,
    );
  return { url, prefix };
}

function kafkaOf(env: Environment, mistakes: Mistakes): Kafka | undefined {
  const text = env['KAFKA_BROKERS'];
  if (!text) return undefined;
  const brokers = mistakes.of(() => brokersOf(text), []);
  const partitions = mistakes.of(() => partitionsOf(env['KAFKA_PARTITIONS']), undefined);
  const ssl = mistakes.of(() => tlsOf(env), undefined);
  const sasl = mistakes.of(() => signInOf(env), undefined);
  return {
    brokers,
    ...(partitions === undefined ? {} : { partitions }),
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function brokersOf(text: string): readonly string[] {
  const brokers = text.split(',').map((broker) => broker.trim());
  const wrong = brokers.find((broker) => !/^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i.test(broker));
  if (wrong !== undefined)
    throw new Refused(
      `KAFKA_BROKERS must be host:port, several with commas between them; one is ${wrong || 'empty'}.`,
    );
  return brokers;
}

function partitionsOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 1000)
    throw new Refused(`KAFKA_PARTITIONS must be a number from 1 to 1000; it is ${text}.`);
  return count;
}

function tlsOf(env: Environment): Kafka['ssl'] {
  const { KAFKA_TLS: tls = '', KAFKA_CA_FILE: file } = env;
  if (!['', 'on', 'off'].includes(tls))
    throw new Refused(`KAFKA_TLS must be on or off; it is ${tls}.`);
  if (file && tls !== 'on') throw new Refused('KAFKA_CA_FILE needs KAFKA_TLS=on beside it.');
  if (tls !== 'on') return undefined;
  if (!file) return true;
  if (!existsSync(file)) throw new Refused(`KAFKA_CA_FILE names ${file}, which is not there.`);
  return { ca: [readFileSync(file, 'utf8')] };
}

function signInOf(env: Environment): Kafka['sasl'] {
  const { KAFKA_USER: username } = env;
  const password = secretOf('KAFKA_PASSWORD', env);
  const asked = env['KAFKA_MECHANISM'] || 'scram-sha-512';
  const mechanism = MECHANISMS.find((one) => one === asked);
  if (!mechanism)
    throw new Refused(`KAFKA_MECHANISM must be ${MECHANISMS.join(', ')}; it is ${asked}.`);
  if (!username && !password) return undefined;
  if (!username || !password)
    throw new Refused('KAFKA_USER and KAFKA_PASSWORD belong together; one of them is missing.');
  return { mechanism, username, password } as Kafka['sasl'];
}

/**
 * All processes need the same key. A file that is not there is no reason to make one here: it would go with the
 * container that made it, and with it everything personal.
 */
function masterKeyOf({ MASTER_KEY_FILE: file }: Environment): string {
  if (!file)
    throw new Refused(
      `MASTER_KEY_FILE is missing: on servers all processes share one master key. Make it once with ${NEW_KEY} and keep a copy elsewhere.`,
    );
  if (!existsSync(file))
    throw new Refused(
      `MASTER_KEY_FILE names ${file}, which is not there. Make it once with ${NEW_KEY}, the same for all processes.`,
    );
  return file;
}
