import type { Document, LiveCity, Raise } from './live-city.js';

const CALL_TAKER = '1001';
const DISPATCHER = '1021';
const ANALYST = '1051';
const CREW = '/mingcheng/water/east/crew-1';
const CREW_MEMBER = '2111';
const OTHER_CREW_MEMBER = '2121';

export function priorityCustomerStory(raise: Raise): void {
  let city: LiveCity;
  beforeAll(async () => {
    city = await raise('2026-01-15T08:00:00.000Z');
  });
  afterAll(() => city.close());

  /** Says no more than this; what the registration knows is not told again. */
  const call = async (opens: object, contact: object = {}): Promise<string> => {
    const matters = [{ opens: { typeCode: 'water.no-water', ...opens } }];
    const told = await city.post(CALL_TAKER, '/intake/contacts', {
      ...{ channel: 'phone', matters, ...contact },
    });
    await city.settle();
    return (told['matters'] as { ticketId: string }[])[0]!.ticketId;
  };
  const ticket = (ticketId: string) => city.get(CALL_TAKER, `/intake/tickets/${ticketId}`);
  const jobOf = async (ticketId: string): Promise<Document> =>
    (await city.list(DISPATCHER, `/dispatch/work-orders?ticketIds=${ticketId}`))[0]!;

  describe('a registered priority customer', () => {
    it.each([
      ['account', { accountId: 'WA00003' }, {}],
      ['service point', { servicePointId: 'W0003' }, {}],
      ['customer number', {}, { callerId: 'customer-main-C0003' }],
    ])('marks the ticket by itself where only the %s is named', async (_, opens, contact) => {
      const ticketId = await call(opens, contact);
      expect(await ticket(ticketId)).toMatchObject({
        isPriority: true,
        priority: { because: 'priority-registered', registeredAs: 'customer-main-C0003' },
      });
      expect(await jobOf(ticketId)).toMatchObject({ isPriority: true });
    });

    it('leaves the ticket of any other customer as it is', async () => {
      const ticketId = await call({ accountId: 'WA00004' });
      expect(await ticket(ticketId)).toMatchObject({ isPriority: false });
      expect(await jobOf(ticketId)).toMatchObject({ isPriority: false });
    });

    it('is not given away by a call that is to stay confidential', async () => {
      const contact = { callerId: 'customer-main-C0003', isConfidential: true };
      expect(await ticket(await call({ address: '南湖路22号' }, contact))).toMatchObject({
        isPriority: false,
      });
    });

    it('goes before whoever waited longer, in the queue of the dispatcher', async () => {
      const jobs = await city.list(DISPATCHER, '/dispatch/work-orders?status=open&sort=queue');
      const marks = jobs.map(({ isPriority }) => isPriority);
      expect(marks).toEqual([true, true, true, false, false]);
      const marked = await city.list(DISPATCHER, '/dispatch/work-orders?isPriority=true');
      expect(marked).toHaveLength(3);
    });

    it('reaches the crew with the reason, and nobody who has no job there', async () => {
      const ticketId = await call({ accountId: 'WA00003' });
      const { workOrderId } = await jobOf(ticketId);
      const one = `/dispatch/work-orders/${String(workOrderId)}`;
      await city.post(DISPATCHER, `${one}/assign`, { crew: CREW });
      await city.settle();
      expect(await city.get(CREW_MEMBER, one)).toMatchObject({ isPriority: true });
      expect(await city.get(CREW_MEMBER, `${one}/priority-reasons`)).toMatchObject({
        isPriority: true,
        tickets: [{ ticketId, reasons: ['家有九十岁老人 elderly at home'] }],
      });
      expect((await city.look(OTHER_CREW_MEMBER, `${one}/priority-reasons`)).status).toBe(404);
      expect((await city.look(ANALYST, `${one}/priority-reasons`)).status).toBe(403);
    });

    it('stands in the story of the ticket without the reason', async () => {
      const ticketId = await call({ servicePointId: 'P0003', typeCode: 'power.outage' });
      const story = await city.story('1061', ticketId, 'en');
      const { sentence } = story.find(({ type }) => type === 'intake.ticket-prioritised')!;
      expect(sentence).toContain('priority customer: registered as one');
      expect(JSON.stringify(story)).not.toContain('老人');
    });
  });

  it('tells the crew the reason that somebody told later', async () => {
    const ticketId = await call({ accountId: 'WA00004' });
    const { workOrderId } = await jobOf(ticketId);
    const path = `/intake/tickets/${ticketId}/prioritise`;
    await expect(city.post(CALL_TAKER, path, {})).rejects.toMatchObject({
      ...{ status: 409, code: 'ticket.priority-reason-missing' },
    });
    await city.post(CALL_TAKER, path, { reason: '家中有新生儿' });
    await city.settle();
    const one = `/dispatch/work-orders/${String(workOrderId)}`;
    expect(await city.get(DISPATCHER, one)).toMatchObject({ isPriority: true });
    expect(await city.get(DISPATCHER, `${one}/priority-reasons`)).toMatchObject({
      tickets: [{ ticketId, reasons: ['家中有新生儿'] }],
    });
  });
}
