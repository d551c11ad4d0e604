import type { LiveCity, Raise } from './live-city.js';

const CALL_TAKER = '1001';
const DISPATCHER = '1021';
const WINDOW_OF_WATER = '2022';
const STATION_OF_HEAT = '3101';
const AUDITOR = '1061';

export function limitsByPlaceAndCompanyStory(raise: Raise): void {
  let city: LiveCity;
  beforeAll(async () => {
    city = await raise('2026-01-15T08:00:00.000Z');
  });
  afterAll(() => city.close());

  const take = async (staff: string, channel: string, opens: object): Promise<string> => {
    const told = await city.post(staff, '/intake/contacts', { channel, matters: [{ opens }] });
    await city.settle();
    return (told['matters'] as { ticketId: string }[])[0]!.ticketId;
  };

  it.each([
    ['in the country, within 90 minutes', 'P0037', 90],
    ['in a remote place, within two hours', 'P0038', 120],
    ['in the city, within 45 minutes', 'P0003', 45],
  ])(
    'lets power arrive %s, by the grid of the service point',
    async (_, servicePointId, minutes) => {
      const opens = { servicePointId, typeCode: 'power.outage' };
      const ticketId = await take(CALL_TAKER, 'phone', opens);
      const path = `/dispatch/limits?ticketId=${ticketId}&stage=arrive`;
      const [limit] = await city.list(DISPATCHER, path);
      const { startAt, dueAt } = limit as { startAt: string; dueAt: string };
      expect((Date.parse(dueAt) - Date.parse(startAt)) / 60_000).toBe(minutes);
    },
  );

  it('has what another company passed on fed back the same day', async () => {
    const opens = {
      typeCode: 'heat.complaint',
      gridCode: 'heat-east',
      description: '暖气时冷时热',
    };
    const ticketId = await take(WINDOW_OF_WATER, 'window', opens);
    const feedback = async () =>
      (await city.list(STATION_OF_HEAT, `/dispatch/limits?ticketId=${ticketId}&stage=feedback`))[0];
    expect(await feedback()).toMatchObject({
      ...{ dueAt: '2026-01-15T16:00:00.000Z', clauses: ['H-031'], verdict: 'running' },
    });
    await city.advance({ by: '1h' });
    const path = `/intake/tickets/${ticketId}/feedback`;
    await city.post(STATION_OF_HEAT, path, { note: '换热站循环泵故障，今晚修复' });
    await city.settle();
    expect(await feedback()).toMatchObject({ verdict: 'on-time' });
    const story = await city.story(AUDITOR, ticketId, 'zh');
    const said = story.map(({ sentence }) => sentence).join();
    expect(said).toMatch(/转交其他公司.*反馈了处理情况/s);
  });
}
