import type { LiveCity, Raise } from './live-city.js';

const CALL_TAKER = '1001';
const SUPERVISOR = '1031';
const OFFICE = '1081';
const HEAT_DISPATCHER = '3011';
const EAST_HEAD = '3100';
const CREW = '3111';
const EAST = '/mingcheng/heat/east';
const VIEWS = [
  ...['/intake/tickets', '/intake/contacts'],
  ...['/dispatch/work-orders', '/dispatch/work-order-tickets', '/dispatch/clocks'],
  ...['/dispatch/limits', '/dispatch/late-tickets', '/dispatch/escalations'],
  ...['/dispatch/crew-board', '/notifications/messages', '/audit/timeline'],
];

export function whoSeesWhatStory(raise: Raise): void {
  let city: LiveCity;
  beforeAll(async () => {
    city = await raise('2026-01-15T06:00:00.000Z');
  });
  afterAll(() => city.close());

  const told = async (contact: object, opens: object): Promise<string> => {
    const answer = await city.post(CALL_TAKER, '/intake/contacts', {
      ...{ channel: 'phone', ...contact },
      matters: [{ opens: { typeCode: 'heat.no-heat', gridCode: 'heat-east', ...opens } }],
    });
    await city.settle();
    return (answer['matters'] as { ticketId: string }[])[0]!.ticketId;
  };

  const orderOf = async (ticketId: string): Promise<string> => {
    const [job] = await city.list(CALL_TAKER, `/dispatch/work-orders?ticketIds=${ticketId}`);
    return `/dispatch/work-orders/${String(job!['workOrderId'])}`;
  };

  /** Everything that an answer may show of a ticket, in one text. */
  const everythingFor = async (staff: string, ticketId: string): Promise<string> => {
    const paths = [
      ...[...VIEWS, `/intake/tickets/${ticketId}`, `/intake/tickets/${ticketId}/state`],
      ...['en', 'zh'].map((lang) => `/audit/tickets/${ticketId}/timeline?lang=${lang}`),
    ];
    const answers = await Promise.all(paths.map((path) => city.look(staff, path)));
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(4);
    return answers.map(({ text }) => text).join('\n');
  };

  describe('a confidential caller', () => {
    const caller = { callerName: '欧阳静', callerPhone: '13912345678', isConfidential: true };

    it('is known to the supervisor, and to nobody of the unit that handles the matter', async () => {
      const ticketId = await told(caller, {
        description: '楼下换热站夜里停机',
        address: '和平路8号',
      });
      const order = await orderOf(ticketId);
      await city.post(EAST_HEAD, `${order}/assign`, { crew: `${EAST}/crew-1` });
      await city.post(CREW, `${order}/sign`, {});
      const again = { ...caller, channel: 'phone', matters: [{ joins: ticketId, note: '还没修' }] };
      await city.post(CALL_TAKER, '/intake/contacts', again);
      await city.advance({ by: '2h' });
      for (const staff of [HEAT_DISPATCHER, EAST_HEAD, '3001', CREW]) {
        const seen = await everythingFor(staff, ticketId);
        expect(seen).toContain('和平路8号');
        expect(seen).not.toMatch(/欧阳|13912345678|5678/);
      }
      for (const staff of [SUPERVISOR, OFFICE])
        expect(await everythingFor(staff, ticketId)).toMatch(/欧阳静[\s\S]*13912345678/);
      expect(JSON.stringify(city.letters())).not.toMatch(/欧阳|13912345678/);
    });
  });

  describe('a unit and a person complained about later', () => {
    it('lose the ticket, its job and its limits, which lie with the unit above', async () => {
      const ticketId = await told({}, { description: '维修员态度恶劣', isPriority: false });
      const order = await orderOf(ticketId);
      await city.post(EAST_HEAD, `${order}/assign`, { crew: `${EAST}/crew-1` });
      await city.post(CREW, `${order}/sign`, {});
      await city.advance({ by: '25h' });
      for (const staff of [EAST_HEAD, CREW])
        expect(await everythingFor(staff, ticketId)).toContain(ticketId);
      const named = { typeCode: 'heat.no-heat', aboutUnits: [EAST], aboutStaff: [CREW, '3011'] };
      await city.post(CALL_TAKER, `/intake/tickets/${ticketId}/classify`, named);
      await city.settle();
      for (const staff of [EAST_HEAD, CREW, HEAT_DISPATCHER]) {
        const lists = await Promise.all(
          VIEWS.filter((path) => path.startsWith('/intake') || path.startsWith('/dispatch')).map(
            (path) => city.look(staff, path),
          ),
        );
        expect(lists.map(({ text }) => text).join()).not.toContain(ticketId);
      }
      const above = await everythingFor('3012', ticketId);
      expect(above).toContain(ticketId);
      const clock = await city.get('3012', `/dispatch/clocks/${ticketId}`);
      const ticket = await city.get(CALL_TAKER, `/intake/tickets/${ticketId}`);
      expect([clock['unit'], ticket['unit']]).toEqual(['/mingcheng/heat', '/mingcheng/heat']);
      await expect(city.post(CREW, `${order}/arrive`, {})).rejects.toMatchObject({ status: 403 });
    });
  });

  describe('where a ticket lies', () => {
    it('is the same to intake, to its clock and to its job, wherever the job went', async () => {
      const ticketId = await told({}, { description: '暖气不热' });
      const order = await orderOf(ticketId);
      const units = async () => [
        (await city.get(CALL_TAKER, `/intake/tickets/${ticketId}`))['unit'],
        (await city.get('1031', `/dispatch/clocks/${ticketId}`))['unit'],
        (await city.get(CALL_TAKER, order))['unit'],
      ];
      expect(await units()).toEqual([EAST, EAST, EAST]);
      for (const unit of ['/mingcheng/heat/west', '/mingcheng/heat/north', EAST]) {
        await city.post('3011', `${order}/reassign`, { unit });
        await city.settle();
        expect(await units()).toEqual([unit, unit, unit]);
      }
      await city.post(EAST_HEAD, `${order}/return`, { reason: 'not-ours' });
      await city.settle();
      const above = '/mingcheng/heat';
      expect(await units()).toEqual([above, above, above]);
    });
  });

  describe('the first-contact owner', () => {
    const CLERK = '3021';
    const OWNER = '4021';
    const COLLEAGUE = '4022';

    it('reads and answers the ticket in another company, and nobody else of theirs does', async () => {
      const opens = { typeCode: 'water.no-water', description: '一滴水没有', address: '和平路8号' };
      const contact = { channel: 'window', callerName: '欧阳静', matters: [{ opens }] };
      const told = await city.post(CLERK, '/intake/contacts', contact);
      await city.settle();
      const { ticketId } = (told['matters'] as { ticketId: string }[])[0]!;
      const path = `/intake/tickets/${ticketId}`;
      const ticket = await city.get(CLERK, path);
      expect(ticket).toMatchObject({
        owner: CLERK,
        unit: expect.stringMatching(/water/) as string,
      });
      const answer = { how: 'phone', isInSubstance: true, answer: '已转自来水公司' };
      await city.post(CLERK, `${path}/answers`, answer);
      await city.post(SUPERVISOR, `${path}/hand-over`, { to: OWNER, reason: '调岗' });
      await city.settle();
      const seen = await everythingFor(OWNER, ticketId);
      for (const shown of ['和平路8号', '欧阳静', 'dispatch.work-order-issued'])
        expect(seen).toContain(shown);
      const readable = [
        ...[path, `${path}/state`, `/audit/tickets/${ticketId}/timeline`],
        ...[`/dispatch/clocks/${ticketId}`, `/dispatch/work-order-tickets/${ticketId}`],
      ];
      for (const one of readable) {
        expect(await city.look(OWNER, one)).toMatchObject({ status: 200 });
        expect(await city.look(COLLEAGUE, one)).toMatchObject({ status: 404 });
      }
      for (const staff of [CLERK, COLLEAGUE])
        await expect(city.post(staff, `${path}/answers`, answer)).rejects.toMatchObject({
          status: 403,
        });
      await city.post('1021', `${path}/answers`, answer);
      await city.settle();
      const sentences = (await city.story('1061', ticketId, 'en')).map(({ sentence }) => sentence);
      expect(sentences.filter((one) => one.includes('answered the customer'))).toEqual([
        expect.stringMatching(/3021.* answered the customer \(in substance: yes\)\.$/),
        expect.stringMatching(/1021.* answered the customer in the name of .*4021/),
      ]);
    });
  });

  describe('whoever leaves', () => {
    it('leaves no ticket without an owner, and the successor hears of chases', async () => {
      const ticketId = await told({}, { description: '暖气不热' });
      await city.post('admin', '/dispatch/staff/1001/release', { successor: '1002' });
      await city.settle();
      const ticket = await city.get('1003', `/intake/tickets/${ticketId}`);
      expect(ticket['owner']).toBe('1002');
      await city.post('1003', `/intake/tickets/${ticketId}/chase`, {});
      await city.settle();
      const told1002 = city.letters().filter(({ to }) => to.staff === '1002');
      expect(told1002.map(({ kind }) => kind)).toEqual(['ticket-chased']);
      const story = await city.story('1061', ticketId, 'en');
      expect(story.map(({ sentence }) => sentence).join('\n')).toMatch(
        /passed from 1001 to 1002, by the system: the owner works here no more/,
      );
      const chased = city.letters().filter(({ kind }) => kind === 'work-order-chased');
      expect(chased.map(({ to }) => to.posts)).toEqual(
        expect.arrayContaining([['dispatch-desk'], ['head-of-station']]),
      );
      expect(chased).toHaveLength(2);
    });
  });
}
