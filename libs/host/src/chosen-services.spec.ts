import { desk, shelf } from '../test/desk.js';
import { chosenServices } from './chosen-services.js';
import { configurationOf } from './configuration.js';

const servers = { mongo: { url: 'mongodb://a/' }, masterKeyFile: 'master.key' };
const kafka = { brokers: ['k1:9092'] };
const ALL = [desk, shelf];

const chosen = (names: string[], engine: object = {}) =>
  chosenServices(ALL, { ...configurationOf(names, {}), ...engine });
const sentenceOf = (names: string[], engine: object = {}): string => {
  try {
    return chosen(names, engine)
      .map(({ name }) => name)
      .join();
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the services of a process', () => {
  it('are all where none is named, and where all are', () => {
    expect(chosen([])).toBe(ALL);
    expect(chosen(['shelf', 'desk'])).toBe(ALL);
    expect(chosen(['shelf', 'desk'], { servers: { ...servers, kafka } })).toBe(ALL);
  });

  it('are those that are named, where servers carry what they tell each other', () =>
    expect(chosen(['desk'], { servers: { ...servers, kafka } })).toEqual([desk]));

  it('get a copy of the accounts where they keep none', () => {
    const [alone] = chosen(['shelf'], { servers: { ...servers, kafka } });
    expect(alone!.views.map(({ name }) => name)).toEqual(['copies', 'credentials']);
    expect({ ...alone!, views: shelf.views }).toEqual(shelf);
  });

  it.each([
    [['attic'], {}, 'attic is no service; there are desk, shelf.'],
    [['desk'], {}, 'one data directory, which belongs to one process. Set MONGO_URL and KAFKA'],
    [['desk'], { servers }, 'desk alone needs KAFKA_BROKERS'],
  ])('are refused as %s in a sentence', (names, engine, sentence) =>
    expect(sentenceOf(names, engine)).toContain(sentence),
  );
});
