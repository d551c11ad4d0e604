import { configurationOf } from './configuration.js';

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
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
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
      STANDARDS_DIR: '/etc/shouwen/packs',
    };
    expect(configurationOf([], env)).toEqual({
      port: 8080,
      host: '0.0.0.0',
      dataDir: '/srv/shouwen',
      adminPassword: 'eight888',
      masterKeyFile: '/run/secrets/master.key',
      standardsDir: '/etc/shouwen/packs',
      isHelp: false,
    });
  });

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
    ['an unknown word', ['intake'], {}, 'intake is not an option'],
    ['a start without training', ['--from', '2026-01-01'], {}, 'needs --training'],
    ['an instant that is none', ['--training', '--from', 'monday'], {}, 'it is monday'],
    ['no instant', ['--training', '--from'], {}, 'it is empty'],
    ['a month that is none', ['--training', '--from', '2026-13-01'], {}, 'must be an instant'],
    ['an open clock', ['--training'], { HOST: '0.0.0.0' }, 'listens on 127.0.0.1 only'],
  ])('is refused with %s in a sentence', (_what, argv, env, sentence) => {
    expect(sentenceOf(argv, env as Record<string, string>)).toContain(sentence);
  });
});
