import { instantReader, isInstantFormat, isZone, localTime } from './instant.js';

const shanghai = instantReader(
  ['yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd', 'yyyy/M/d H:mm'],
  'Asia/Shanghai',
);
const newYork = instantReader(['yyyy-MM-ddTHH:mm:ss.SSS'], 'America/New_York');

describe('local times of a file', () => {
  it.each([
    ['2018-11-23 10:39:57', '2018-11-23T02:39:57.000Z'],
    ['2018-11-23', '2018-11-22T16:00:00.000Z'],
    [' 2018/1/3 7:05 ', '2018-01-02T23:05:00.000Z'],
  ])('%s in Shanghai is %s', (text, instant) => expect(shanghai(text)).toBe(instant));

  it.each([
    ['2024-01-15T12:00:00.000', '2024-01-15T17:00:00.000Z'],
    ['2024-07-15T12:00:00.250', '2024-07-15T16:00:00.250Z'],
    ['2024-11-03T01:30:00.000', '2024-11-03T05:30:00.000Z'],
  ])('%s in New York is %s', (text, instant) => expect(newYork(text)).toBe(instant));

  it('does not exist in the hour that spring skips', () =>
    expect(newYork('2024-03-10T02:30:00.000')).toBeNull());

  it.each(['', '2018-02-30', '2018-11-23 25:00:00', '23.11.2018', '2018-11-23 10:39:57 pm'])(
    'is refused: "%s"',
    (text) => expect(shanghai(text)).toBeNull(),
  );
});

describe('a date format', () => {
  it('names year, month and day', () => {
    expect(isInstantFormat('yyyy-MM-dd')).toBe(true);
    expect(isInstantFormat('yyyy-MM')).toBe(false);
  });
  it('has no letter without a meaning, but the T of ISO 8601', () => {
    expect(isInstantFormat('yyyy-MM-ddTHH:mm')).toBe(true);
    expect(isInstantFormat('yyyy-MM-dd hh')).toBe(false);
  });
  it('belongs to a zone of the IANA list', () => {
    expect(isZone('Asia/Shanghai')).toBe(true);
    expect(isZone('Peking')).toBe(false);
  });
});

describe('a time shown to people', () => {
  it('is that of the clock on the wall, also past midnight', () => {
    expect(localTime('2026-01-11T21:00:00.000Z')).toBe('2026-01-12 05:00');
    expect(localTime('2026-12-31T16:30:59.999Z')).toBe('2027-01-01 00:30');
  });
});
