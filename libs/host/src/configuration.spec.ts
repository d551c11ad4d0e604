import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurationOf } from './configuration.js';

const directory = mkdtempSync(join(tmpdir(), 'shouwen-configuration-'));
const secret = (name: string, text: string): string => {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
};
const PACKS = join(directory, 'packs');
mkdirSync(PACKS);
const MASTER_KEY_FILE = secret('master.key', 'key');
const MONGO = { MONGO_URL: 'mongodb://a,b,c/?replicaSet=rs0', MASTER_KEY_FILE };
const SERVERS = { ...MONGO, KAFKA_BROKERS: 'k1:9092, k2:9092' };

afterAll(() => rmSync(directory, { recursive: true }));

const sentenceOf = (argv: string[], env: Record<string, string>): string => {
  try {
    configurationOf(argv, env);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(configurationOf([], {})).toEqual({
      services: [],
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      metrics: {},
      peers: [],
      isHelp: false,
    });
  });

  it('is read from the environment', () => {
    const env = {
      PORT: '8080',
      HOST: '0.0.0.0',
      DATA_DIR: '/srv/shouwen',
      ADMIN_PASSWORD: 'eight888',
      MASTER_KEY_FILE: '/run/secrets/master.key',
      STANDARDS_DIR: PACKS,
      METRICS_PORT: '9464',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    };
    expect(configurationOf([], env)).toEqual({
      services: [],
      port: 8080,
      host: '0.0.0.0',
      dataDir: '/srv/shouwen',
      adminPassword: 'eight888',
      masterKeyFile: '/run/secrets/master.key',
      standardsDir: PACKS,
      metrics: { port: 9464 },
      tracesTo: 'http://collector:4318',
      peers: [],
      isHelp: false,
    });
  });

  it('counts nothing where it is told so', () =>
    expect(configurationOf([], { METRICS: 'off' }).metrics).toBeUndefined());

  it('starts training at an instant', () => {
    const argv = ['--training', '--from', '2026-01-01T00:00:00+08:00'];
    expect(configurationOf(argv, {}).training).toEqual({ from: '2025-12-31T16:00:00.000Z' });
    expect(configurationOf(['--training', '--from=2026-01-01'], {}).training).toEqual({
      from: '2026-01-01T00:00:00.000Z',
    });
    expect(configurationOf(['--training'], {}).training).toEqual({});
  });

  it.each([
    ['a port that is none', [], { PORT: '80a' }, 'PORT must be a number'],
    ['a port too high', [], { PORT: '70000' }, 'PORT must be a number'],
    ['a short password', [], { ADMIN_PASSWORD: 'seven77' }, 'at least 8 characters; it has 7'],
    ['an empty password', [], { ADMIN_PASSWORD: '' }, 'at least 8 characters; it has 0'],
    ['a long password', [], { ADMIN_PASSWORD: 'x'.repeat(201) }, 'at most 200 characters'],
    ['an unknown option', ['--trainig'], {}, '--trainig is not an option'],
    ['a start without training', ['--from', '2026-01-01'], {}, 'needs --training'],
    ['an instant that is none', ['--training', '--from', 'monday'], {}, 'it is monday'],
    ['no instant', ['--training', '--from'], {}, 'it is empty'],
    ['a month that is none', ['--training', '--from', '2026-13-01'], {}, 'must be an instant'],
    ['an open clock', ['--training'], { HOST: '0.0.0.0' }, 'listens on 127.0.0.1 only'],
    ['peers without training', [], { PEERS: 'http://127.0.0.1:3001' }, 'is for training mode'],
    ['a peer elsewhere', ['--training'], { PEERS: 'http://far.example:80' }, 'one is http://far'],
    ['packs nowhere', [], { STANDARDS_DIR: '/nowhere' }, 'names /nowhere, which is not there.'],
    [
      'packs in a file',
      [],
      { STANDARDS_DIR: MASTER_KEY_FILE },
      'master.key, which is no directory.',
    ],
    ['half of metrics', [], { METRICS: 'some' }, 'METRICS must be on or off; it is some'],
    [
      'metrics off and on a port',
      [],
      { METRICS: 'off', METRICS_PORT: '9464' },
      'METRICS_PORT needs METRICS',
    ],
    ['a port of metrics that is none', [], { METRICS_PORT: '0' }, 'METRICS_PORT must be a number'],
    ['one port for both', [], { METRICS_PORT: '3000' }, 'another port than PORT; both are 3000'],
    [
      'no collector',
      [],
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      'address of a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318; it is collector:4318',
    ],
    [
      'a secret that is not there',
      [],
      { ADMIN_PASSWORD_FILE: '/nowhere' },
      'cannot be read (ENOENT)',
    ],
    [
      'a secret said twice',
      [],
      { ADMIN_PASSWORD: 'eight888', ADMIN_PASSWORD_FILE: '/nowhere' },
      'not both',
    ],
  ])('is refused with %s in a sentence', (_what, argv, env, sentence) => {
    expect(sentenceOf(argv, env as Record<string, string>)).toContain(sentence);
  });
});

describe('the configuration of servers', () => {
  it('follows from their addresses', () => {
    expect(configurationOf(['intake', 'audit'], SERVERS)).toEqual({
      services: ['intake', 'audit'],
      ...{ port: 3000, host: '127.0.0.1', dataDir: './data', peers: [], isHelp: false },
      metrics: {},
      servers: {
        mongo: { url: MONGO.MONGO_URL },
        kafka: { brokers: ['k1:9092', 'k2:9092'] },
        masterKeyFile: MASTER_KEY_FILE,
      },
      masterKeyFile: MASTER_KEY_FILE,
    });
    expect(configurationOf([], MONGO).servers).toEqual({
      mongo: { url: MONGO.MONGO_URL },
      masterKeyFile: MASTER_KEY_FILE,
    });
  });

  it('is left alone where the embedded engine is asked for', () =>
    expect(configurationOf([], { ...SERVERS, ENGINE: 'embedded' }).servers).toBeUndefined());

  it('takes secrets from files, without the line end of the editor', () => {
    const { servers, adminPassword } = configurationOf([], {
      MASTER_KEY_FILE,
      MONGO_URL_FILE: secret('mongo-url', 'mongodb://u:p@a/\n'),
      ADMIN_PASSWORD_FILE: secret('admin-password', 'correct horse \r\n'),
      KAFKA_BROKERS: 'k1:9093',
      KAFKA_USER: 'shouwen',
      KAFKA_PASSWORD_FILE: secret('kafka-password', 'battery'),
      KAFKA_MECHANISM: 'scram-sha-256',
      KAFKA_TLS: 'on',
      KAFKA_CA_FILE: secret('ca.pem', 'certificates'),
      KAFKA_PARTITIONS: '24',
      MONGO_PREFIX: 'north',
    });
    expect(adminPassword).toBe('correct horse ');
    expect(servers).toEqual({
      mongo: { url: 'mongodb://u:p@a/', prefix: 'north' },
      kafka: {
        brokers: ['k1:9093'],
        partitions: 24,
        ssl: { ca: ['certificates'] },
        sasl: { mechanism: 'scram-sha-256', username: 'shouwen', password: 'battery' },
      },
      masterKeyFile: MASTER_KEY_FILE,
    });
  });

  it.each([
    ['another engine', { ENGINE: 'sqlite' }, 'ENGINE must be embedded or kafka; it is sqlite'],
    ['no MongoDB', { ...SERVERS, MONGO_URL: '' }, 'MONGO_URL is missing'],
    ['no address', { ...SERVERS, MONGO_URL: 'localhost:27017' }, 'MONGO_URL must begin with'],
    ['no broker', { ...SERVERS, KAFKA_BROKERS: 'k1:9092,' }, 'one is empty'],
    ['a broker without port', { ...SERVERS, KAFKA_BROKERS: 'k1' }, 'one is k1'],
    ['no partition', { ...SERVERS, KAFKA_PARTITIONS: '0' }, 'from 1 to 1000; it is 0'],
    ['half a sign-in', { ...SERVERS, KAFKA_USER: 'shouwen' }, 'belong together'],
    [
      'an unknown mechanism',
      { ...SERVERS, KAFKA_MECHANISM: 'oauth' },
      'scram-sha-512; it is oauth',
    ],
    ['a maybe', { ...SERVERS, KAFKA_TLS: 'yes' }, 'KAFKA_TLS must be on or off; it is yes'],
    ['certificates for nothing', { ...SERVERS, KAFKA_CA_FILE: 'ca.pem' }, 'needs KAFKA_TLS=on'],
    ['a loud prefix', { ...SERVERS, MONGO_PREFIX: 'North!' }, 'it is North!'],
    ['no master key', { ...SERVERS, MASTER_KEY_FILE: '' }, 'all processes share one master key'],
    ['a lost master key', { ...SERVERS, MASTER_KEY_FILE: '/nowhere' }, 'which is not there'],
  ])('is refused with %s in a sentence', (_what, env, sentence) => {
    expect(sentenceOf([], env)).toContain(sentence);
    expect(sentenceOf([], env)).not.toContain('\n');
  });

  it('says every mistake on a line of its own, and none to whoever asks for help', () => {
    const env = { PORT: '80a', KAFKA_BROKERS: 'k1', ADMIN_PASSWORD: 'short' };
    const lines = sentenceOf(['--from', 'monday'], env).split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      ...['MONGO_URL', 'KAFKA_BROKERS', 'MASTER_KEY_FILE', 'ADMIN_PASSWORD', 'PORT', '--from'],
    ]);
    expect(configurationOf(['--help'], env).isHelp).toBe(true);
  });
});
