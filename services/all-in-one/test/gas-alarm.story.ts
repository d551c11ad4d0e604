import type { Document, LiveCity, Raise } from './live-city.js';

// 02:00 in Beijing: everybody sleeps, and a gas alarm wakes them all the same.
const NIGHT = '2026-01-15T18:00:00.000Z';
const CALL_TAKER = '1001';
const DISPATCHER = '4101';
const CREW = '4111';
const AUDITOR = '1061';

export function gasAlarmStory(raise: Raise): void {
  let city: LiveCity;
  beforeAll(async () => {
    city = await raise(NIGHT);
  });
  afterAll(() => city.close());

  describe('a gas alarm at night', () => {
    let told: Document;
    let ticketId: string;
    let workOrderId: string;
    const ANSWERED = '2026-01-15T17:59:00.000Z';

    it('is taken on an address alone, and the safety words lead the answer', async () => {
      told = await city.post(CALL_TAKER, '/intake/contacts', {
        ...{ channel: 'phone', answeredAt: ANSWERED },
        matters: [{ opens: { typeCode: 'gas.leak-alarm', address: '杏林巷3号' } }],
      });
      const words = (told['safetyWords'] as string[]).join();
      expect(Object.keys(told).slice(0, 2)).toEqual(['contactId', 'safetyWords']);
      for (const one of ['点火', '电器', '门窗', '总阀', '室外']) expect(words).toContain(one);
      ticketId = (told['matters'] as { ticketId: string }[])[0]!.ticketId;
    });

    it('leads the answer with them too when the danger is found out while classifying', async () => {
      const opens = { title: '家里有怪味', utility: 'gas' };
      const vague = await city.post(CALL_TAKER, '/intake/contacts', {
        ...{ channel: 'window', matters: [{ opens }] },
      });
      expect(vague).not.toHaveProperty('safetyWords');
      const [{ ticketId: id }] = vague['matters'] as [{ ticketId: string }];
      const leak = { typeCode: 'gas.leak-alarm' };
      const answer = await city.post(CALL_TAKER, `/intake/tickets/${id}/classify`, leak);
      expect(answer['safetyWords']).toEqual(told['safetyWords']);
      await city.settle();
      const [job] = await city.list('1021', `/dispatch/work-orders?ticketIds=${id}`);
      await city.post('1021', `/dispatch/work-orders/${String(job!['workOrderId'])}/withdraw`, {});
      await city.post(CALL_TAKER, `/intake/tickets/${id}/classify`, { typeCode: 'gas.charges' });
    });

    it('has its work order at once, before everything else in the queue', async () => {
      const water = { typeCode: 'water.no-water', isPriority: true, priorityReason: '医院' };
      await city.post(CALL_TAKER, '/intake/contacts', {
        channel: 'phone',
        matters: [{ opens: water }],
      });
      await city.settle();
      const jobs = await city.list('1021', '/dispatch/work-orders?sort=queue&status=open');
      expect(jobs[0]).toMatchObject({
        ...{ ticketIds: [ticketId], utility: 'gas', isSafety: true, status: 'open' },
        affected: { address: '杏林巷3号' },
      });
      expect(jobs).toHaveLength(2);
      workOrderId = String(jobs[0]!['workOrderId']);
    });

    it('runs its half hour from the answering of the call, under its clause, around the clock', async () => {
      const [limit] = await city.list(
        DISPATCHER,
        `/dispatch/limits?ticketId=${ticketId}&stage=arrive`,
      );
      expect(limit).toMatchObject({
        ...{ startAt: ANSWERED, dueAt: '2026-01-15T18:29:00.000Z', clauses: ['G-033'] },
        ...{ warnAt: '2026-01-15T18:19:00.000Z', verdict: 'running' },
      });
    });

    it('warns and reports the breach in the middle of the night', async () => {
      await city.advance({ by: '20m' });
      const letters = () =>
        city.letters().map(({ kind, to, text }) => [kind, to.staff, text.en.includes('G-033')]);
      expect(letters()).toEqual([['clock-warned', '4100', true]]);
      await city.advance({ by: '10m' });
      expect(letters()).toEqual([
        ['clock-breached', '4100', true],
        ['clock-warned', '4100', true],
      ]);
      expect(city.letters()[0]!.text.zh).toMatch(/燃气泄漏.*超期.*G-033/);
    });

    it('gives gas back only when it is safe', async () => {
      const order = `/dispatch/work-orders/${workOrderId}`;
      await city.post(DISPATCHER, `${order}/assign`, { crew: '/mingcheng/gas/east/crew-1' });
      await city.post(CREW, `${order}/sign`, {});
      await city.post(CREW, `${order}/arrive`, { occurredAt: '2026-01-15T18:24:00.000Z' });
      await city.advance({ by: '40m' });
      const sheet = { outcome: 'restored', result: '更换灶前软管' };
      await expect(city.post(CREW, `${order}/finish`, sheet)).rejects.toMatchObject({
        ...{ status: 409, code: 'gas.resupply-unsafe' },
        faults: [{ field: 'resupply.isSomebodyPresent' }],
      });
      const resupply = { isSomebodyPresent: true, isTight: true, isChecked: true };
      await city.post(CREW, `${order}/finish`, { ...sheet, resupply });
      await city.settle();
      const ticket = await city.get(CALL_TAKER, `/intake/tickets/${ticketId}`);
      expect(ticket).toMatchObject({ workResults: [{ by: CREW, outcome: 'restored' }] });
    });

    it('counts the arrival that was told late, and says so to whom it had called late', async () => {
      const [limit] = await city.list(
        DISPATCHER,
        `/dispatch/limits?ticketId=${ticketId}&stage=arrive`,
      );
      expect(limit).toMatchObject({ verdict: 'on-time', isBreachWithdrawn: true });
      expect(city.letters().map(({ kind, to }) => [kind, to.staff])).toContainEqual([
        'breach-withdrawn',
        '4100',
      ]);
    });

    it('is told in both languages, with its clause', async () => {
      for (const [lang, said] of [
        ['en', /arrival.*breached|breached.*arrival|limit/i],
        ['zh', /到场/],
      ] as const) {
        const story = await city.story(AUDITOR, ticketId, lang);
        const breach = story.find(({ type }) => type === 'dispatch.clock-breached')!;
        expect(breach.sentence).toMatch(said);
        expect(breach.clauses.map(({ id }) => id)).toEqual(['G-033']);
      }
    });
  });
}
