import type { Document, LiveCity, Raise } from './live-city.js';

const RECEIVED = '2026-01-15T06:00:00.000Z';
const HOUR = 3_600_000;
const after = (hours: number) => new Date(Date.parse(RECEIVED) + hours * HOUR).toISOString();
const CALL_TAKER = '1001';
const COLLEAGUE = '1002';
const DISPATCHER = '3101';
const CREW = '3111';
const AUDITOR = '1061';

export function heatLadderStory(raise: Raise): void {
  let city: LiveCity;
  let ticketId: string;
  beforeAll(async () => {
    city = await raise(RECEIVED);
    const opens = { typeCode: 'heat.no-heat', gridCode: 'heat-east', description: '暖气一点不热' };
    const told = await city.post(CALL_TAKER, '/intake/contacts', {
      ...{ channel: 'phone', callerName: '林晓青', callerPhone: '13900000001' },
      matters: [{ opens }],
    });
    ticketId = (told['matters'] as { ticketId: string }[])[0]!.ticketId;
    await city.settle();
  });
  afterAll(() => city.close());

  const letters = (kind: string) =>
    city
      .letters()
      .filter((letter) => letter.kind === kind)
      .map(({ to }) => [to.staff, ...to.posts]);
  const ticket = () => city.get(CALL_TAKER, `/intake/tickets/${ticketId}`);
  const stateAt = async (by: 'occurred' | 'recorded', at: string) =>
    (await city.get(AUDITOR, `/intake/tickets/${ticketId}/state?${by}=${at}`))[
      'ticket'
    ] as Document;

  describe('a flat without heat that nobody sees to', () => {
    it('climbs the ladder at 24, 48, 72 and 96 hours, to the posts that the standard names', async () => {
      const climbed: unknown[] = [];
      for (const hours of [24, 48, 72, 96]) {
        await city.advance({ to: after(hours) });
        climbed.push([hours, ...letters('ticket-escalated').slice(climbed.length)]);
      }
      expect(climbed).toEqual([
        [24, ['3100', 'head-of-station']],
        [48, ['3001', 'operating-company-manager']],
        [72, ['3003', 'operating-company-deputy']],
        [96, ['1071', 'group-general-manager']],
      ]);
      const steps = await city.list(
        AUDITOR,
        `/dispatch/escalations?ticketId=${ticketId}&sort=hours`,
      );
      expect(steps.map(({ hours, clauses }) => [hours, clauses])).toEqual([
        [24, ['H-042']],
        [48, ['H-043']],
        [72, ['H-044']],
        [96, ['H-045']],
      ]);
    });

    it('was warned of and called late on the way, each with its clause', () => {
      expect(letters('clock-breached')).toEqual([
        ['3100', 'head-of-station'],
        ['3100', 'head-of-station'],
      ]);
      const texts = city.letters().filter(({ kind }) => kind === 'clock-breached');
      expect(texts.map(({ text }) => text.en.match(/H-\d+/)?.[0])).toEqual(['H-006', 'H-009']);
    });
  });

  describe('evidence that comes four days late', () => {
    it('withdraws the breach, and tells those who had been told', async () => {
      const [job] = await city.list(DISPATCHER, `/dispatch/work-orders?ticketIds=${ticketId}`);
      const order = `/dispatch/work-orders/${String(job!['workOrderId'])}`;
      await city.post(DISPATCHER, `${order}/assign`, { crew: '/mingcheng/heat/east/crew-1' });
      await city.post(CREW, `${order}/arrive`, { occurredAt: after(0.5) });
      await city.settle();
      expect(letters('breach-withdrawn')).toEqual([['3100', 'head-of-station']]);
      const [arrival] = await city.list(
        DISPATCHER,
        `/dispatch/limits?ticketId=${ticketId}&stage=arrive`,
      );
      expect(arrival).toMatchObject({ verdict: 'on-time', isBreachWithdrawn: true });
      expect(letters('clock-breached')).toHaveLength(2);
    });

    it('takes back the steps that the repair came in time for, and no others', async () => {
      const [job] = await city.list(DISPATCHER, `/dispatch/work-orders?ticketIds=${ticketId}`);
      const order = `/dispatch/work-orders/${String(job!['workOrderId'])}`;
      const sheet = { outcome: 'restored', result: '换热站阀门已修复', signature: 'signed' };
      await city.post(CREW, `${order}/finish`, { ...sheet, occurredAt: after(50) });
      await city.settle();
      expect(letters('escalation-withdrawn')).toEqual([
        ['3003', 'operating-company-deputy'],
        ['1071', 'group-general-manager'],
      ]);
      expect(await ticket()).toMatchObject({ workResults: [{ at: after(50) }] });
    });
  });

  describe('what is told afterwards', () => {
    it('names every step and its clause in both languages', async () => {
      for (const lang of ['en', 'zh']) {
        const story = await city.story(AUDITOR, ticketId, lang);
        const cited = (type: string) =>
          story
            .filter((one) => one.type === type)
            .flatMap(({ clauses }) => clauses.map(({ id }) => id));
        expect(cited('dispatch.ticket-escalated')).toEqual(['H-042', 'H-043', 'H-044', 'H-045']);
        expect(cited('dispatch.clock-breach-withdrawn')).toEqual(['H-006']);
        expect(story.map(({ sentence }) => sentence).join(' ')).not.toMatch(/\{\w+|undefined/);
      }
      const [first] = await city.story(AUDITOR, ticketId, 'zh');
      expect(first!.sentence).toMatch(/首问责任人/);
    });

    it('knows the ticket as of three instants, by what had happened and by what was known', async () => {
      await expect(stateAt('occurred', after(-1))).rejects.toMatchObject({
        code: 'ticket.not-found',
      });
      expect(await stateAt('occurred', after(49))).toMatchObject({ status: 'open', evidence: [] });
      expect(await stateAt('occurred', after(51))).toMatchObject({
        evidence: ['work-result', 'signature'],
      });
      expect(await stateAt('recorded', after(95))).toMatchObject({ evidence: [] });
      const { evidence } = await stateAt('recorded', city.now);
      expect(evidence).toEqual(['work-result', 'signature']);
    });

    it('ends once the customer was called back', async () => {
      const answers = { attitude: 'good', workQuality: 'good', timeliness: 'poor', result: 'good' };
      const asked = { isReached: true, isSatisfied: true, ...answers };
      await city.post(COLLEAGUE, `/intake/tickets/${ticketId}/callbacks`, asked);
      await city.post(COLLEAGUE, `/intake/tickets/${ticketId}/close`, {});
      await city.advance({ by: '10d' });
      expect(await ticket()).toMatchObject({ status: 'closed' });
      expect(letters('ticket-escalated')).toHaveLength(4);
    });
  });
}
