import { nextAct } from './desk-plan.js';
import { Dice } from './dice.js';
import type { Act, Matter, TicketRecord, WorkRecord } from './matter.js';

const RECEIVED = '2026-01-15T02:00:00.000Z';

const aTicket = (over: Partial<TicketRecord> = {}): TicketRecord => ({
  ticketId: '019bb000-0000-8000-8000-000000000001',
  number: 'H260115-00000001',
  status: 'open',
  channel: 'phone',
  receivedAt: RECEIVED,
  utility: 'heat',
  typeCode: 'heat.no-heat',
  category: 'repair',
  needsWorkOrder: true,
  isSafety: false,
  isAnonymous: false,
  owner: '1001',
  verified: { caller: 'registered-number' },
  reopenings: 0,
  contactIds: ['019bb000-0000-8000-8000-000000000002'],
  answers: [],
  feedbacks: [],
  workResults: [],
  callbacks: [],
  ...over,
});

const aWorkOrder = (over: Partial<WorkRecord> = {}): WorkRecord => ({
  workOrderId: '019bb000-0000-8000-8000-000000000003',
  ticketIds: ['019bb000-0000-8000-8000-000000000001'],
  status: 'open',
  issuedAt: RECEIVED,
  unit: '/mingcheng/heat/east',
  visits: [],
  ...over,
});

const CREWS = ['/mingcheng/heat/east/crew-1', '/mingcheng/heat/east/crew-2'];
const chance = (seed = '1', now = RECEIVED) => ({
  dice: new Dice(seed, 'MC0001'),
  now,
  crewsOf: () => CREWS,
});
const next = (matter: Matter, seed?: string, now?: string): Act | null =>
  nextAct(matter, chance(seed, now), 'heat.consultation');
const job = (over: Partial<WorkRecord>, ticket: Partial<TicketRecord> = {}): Matter => ({
  ticket: aTicket(ticket),
  workOrders: [aWorkOrder(over)],
  owesFeedback: null,
});
const desk = (over: Partial<TicketRecord>): Matter => ({
  ticket: aTicket({ needsWorkOrder: false, category: 'consultation', ...over }),
  workOrders: [],
  owesFeedback: null,
});
const SEEDS = Array.from({ length: 200 }, (_, i) => String(i));
const verb = (act: Act | null) => act?.path.split('/').at(-1);

describe('what the field does next', () => {
  const crew = CREWS[0] as string;
  const signed = { crew, unit: crew, signedAt: '2026-01-15T02:10:00.000Z' };

  it('is to be given to a crew of the unit', () => {
    const act = next(job({}));
    expect(verb(act)).toBe('assign');
    expect(act?.by).toEqual({ role: 'dispatcher', unit: '/mingcheng/heat/east' });
    expect(CREWS).toContain((act?.body as { crew: string }).crew);
  });

  it('is nothing where the unit has no crew', () =>
    expect(nextAct(job({}), { ...chance(), crewsOf: () => [] }, 'heat.consultation')).toBeNull());

  it('is signed for by the crew that goes', () => {
    const act = next(job({ crew, unit: crew }));
    expect(verb(act)).toBe('sign');
    expect(act?.by).toEqual({ role: 'crew', unit: crew });
  });

  it('is sometimes agreed on before anybody sets out, and in the future', () => {
    const acts = SEEDS.map((seed) => next(job(signed), seed));
    expect(new Set(acts.map(verb))).toEqual(new Set(['depart', 'appoint']));
    for (const act of acts.filter((one) => verb(one) === 'appoint')) {
      const { from, to } = act?.body as { from: string; to: string };
      expect(from > (act?.at ?? '') && to > from).toBe(true);
    }
  });

  it('never waits for a slot with a gas alarm', () => {
    const urgent = { isSafety: true, category: 'emergency' };
    const acts = SEEDS.map((seed) => next(job(signed, urgent), seed));
    expect(new Set(acts.map(verb))).toEqual(new Set(['depart']));
  });

  it('is to leave the card where nobody opens, and to agree on another time', () => {
    const arrived = [
      { what: 'departed', at: '2026-01-15T02:15:00.000Z' },
      { what: 'arrived', at: '2026-01-15T02:30:00.000Z' },
    ] as const;
    const acts = SEEDS.map((seed) => next(job({ ...signed, visits: arrived }), seed));
    expect(new Set(acts.map(verb))).toEqual(new Set(['finish', 'no-access']));
    const card = acts.find((act) => verb(act) === 'no-access');
    // The packs make a crew wait up to fifteen minutes.
    expect(Date.parse(card?.at ?? '') - Date.parse(arrived[1].at)).toBeGreaterThanOrEqual(900_000);
    const left = { what: 'no-access', at: card?.at ?? '' } as const;
    expect(verb(next(job({ ...signed, visits: [...arrived, left] })))).toBe('appoint');
  });
});

describe('what the desk does next', () => {
  const answered = [{ at: '2026-01-15T03:00:00.000Z', isInSubstance: true }];
  const reached = { at: '2026-01-15T04:00:00.000Z', isReached: true };

  it('is to say what nobody has classified', () => {
    const act = next(desk({ typeCode: 'unclassified' }));
    expect(verb(act)).toBe('classify');
    expect(act?.body).toEqual({ typeCode: 'heat.consultation' });
  });

  it('is nothing while the work on site is not reported', () =>
    expect(next({ ticket: aTicket(), workOrders: [], owesFeedback: null })).toBeNull());

  it('is to answer, within office hours', () => {
    for (const seed of SEEDS) {
      const act = next(desk({}), seed);
      expect(verb(act)).toBe('answers');
      const hour = new Date(Date.parse(act?.at ?? '') + 8 * 3_600_000).getUTCHours();
      expect(hour).toBeGreaterThanOrEqual(8);
      expect(hour).toBeLessThan(18);
    }
  });

  it('is to call back whoever complained, and to give up after three attempts', () => {
    const complaint = { category: 'complaint', answers: answered };
    expect(verb(next(desk(complaint)))).toBe('callbacks');
    const missed = { at: '2026-01-15T05:00:00.000Z', isReached: false };
    const bodies = SEEDS.map(
      (seed) => next(desk({ ...complaint, callbacks: [missed, missed] }), seed)?.body,
    );
    expect(bodies).toContainEqual({ isReached: false, impossibleBecause: 'not-reached' });
    expect(bodies).not.toContainEqual({ isReached: false });
  });

  it('is to close without a callback where the caller is anonymous', () => {
    const act = next(desk({ category: 'complaint', isAnonymous: true, answers: answered }));
    expect(verb(act)).toBe('close');
    expect(act?.body).toEqual({ impossible: [{ evidence: 'callback', because: 'anonymous' }] });
  });

  it('is to reopen what a customer was not content with, once', () => {
    const callbacks = [{ ...reached, isSatisfied: false }];
    const closed = { status: 'closed', closedAt: '2026-01-15T04:10:00.000Z' } as const;
    const over = { category: 'complaint', answers: answered, callbacks, ...closed };
    expect(verb(next(desk(over)))).toBe('reopen');
    expect(next(desk({ ...over, reopenings: 1 }))).toBeNull();
  });

  it('is to answer and to call back again after a reopening', () => {
    const again = { category: 'complaint', reopenings: 1, answers: answered };
    const callbacks = [{ ...reached, isSatisfied: false }];
    expect(verb(next(desk({ ...again, callbacks })))).toBe('answers');
    expect(verb(next(desk({ ...again, callbacks, answers: [...answered, ...answered] })))).toBe(
      'callbacks',
    );
  });

  it('is to say how a caller was verified, in a way that their channel allows', () => {
    const howBy = (channel: TicketRecord['channel']) =>
      new Set(
        SEEDS.map((seed) => next(desk({ verified: {}, channel }), seed)).map((act) => {
          expect(verb(act)).toBe('verifications');
          return (act?.body as { how: string }).how;
        }),
      );
    expect(howBy('phone')).toEqual(
      new Set(['registered-number', 'account-number', 'voice', 'not-verified']),
    );
    expect(howBy('window')).toEqual(new Set(['identity-document']));
    expect(howBy('web')).toEqual(new Set(['signed-in', 'not-verified']));
  });

  it('is to ask nobody anonymous, and nobody in danger before the crew was there', () => {
    expect(verb(next(desk({ verified: {}, isAnonymous: true })))).toBe('answers');
    const alarm = { verified: {}, isSafety: true, needsWorkOrder: true };
    expect(next(desk(alarm))).toBeNull();
    const at = '2026-01-15T03:00:00.000Z';
    const workResults = [{ at, workOrderId: '019bb000-0000-8000-8000-000000000003' }];
    const acts = SEEDS.map((seed) => next(desk({ ...alarm, workResults }), seed));
    expect(acts.map((act) => act?.body)).toContainEqual({ persons: ['caller'], how: 'on-site' });
    for (const act of acts) expect((act?.at ?? '') > at).toBe(true);
  });

  it('is to tell whoever took it down how it stands, where a company passed it on', () => {
    const owesFeedback = { startAt: '2026-01-15T02:30:00.000Z', unit: '/mingcheng/heat/east' };
    const passed = { ticket: aTicket(), workOrders: [], owesFeedback };
    const acts = SEEDS.map((seed) => next(passed, seed));
    expect(new Set(acts.map(verb))).toEqual(new Set(['feedback']));
    for (const act of acts) {
      expect(act?.by).toEqual({ role: 'dispatcher', unit: owesFeedback.unit, butNot: '1001' });
      expect((act?.at ?? '') > owesFeedback.startAt).toBe(true);
    }
    const again = next({ ...passed, ticket: aTicket({ feedbacks: [{ at: RECEIVED }] }) });
    expect(again?.step).not.toBe(acts[1]?.step);
  });

  it('is whatever comes first, so that the crew is not held up', () => {
    const waiting = { ...job({}), owesFeedback: { startAt: RECEIVED, unit: '/mingcheng/heat' } };
    const acts = SEEDS.map((seed) => next(waiting, seed));
    expect(new Set(acts.map(verb))).toEqual(new Set(['assign']));
  });

  it('does not depend on when it is asked', () =>
    SEEDS.forEach((seed) =>
      expect(next(desk({}), seed, '2026-01-15T06:00:00.000Z')).toEqual(next(desk({}), seed)),
    ));
});
