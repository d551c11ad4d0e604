import type { Dice } from './dice.js';
import { later, latest, withinHours } from './hours.js';
import type { Act, Matter, TicketRecord } from './matter.js';
import { nextWorkAct } from './work-plan.js';
import type { Chance } from './work-plan.js';

/** The phone rings at nobody's home outside these hours. */
const CALLS = { from: '08:30', to: '20:30' } as const;
/** Questions are answered while the desk that knows is manned. */
const OFFICE = { from: '08:00', to: '18:00' } as const;
const CALLED_BACK = ['emergency', 'repair', 'complaint'];
const ATTEMPTS = 3;

/**
 * What happens next to a ticket, and when: by its state and the dice alone, so that whoever asks again, after any
 * kill, gets the same act. Null: it is over, or others have to move first.
 */
export function nextAct(matter: Matter, chance: Chance, fallbackType: string): Act | null {
  const { ticket } = matter;
  const { dice } = chance;
  if (ticket.status === 'closed') return reopening(ticket, dice);
  const acts = [
    verification(ticket, dice),
    feedback(matter, dice),
    progress(matter, chance, fallbackType),
  ];
  return acts.filter((act) => act !== null).reduce(earlier, null);
}

const earlier = (first: Act | null, act: Act): Act =>
  first !== null && first.at <= act.at ? first : act;

/** What brings it nearer to its end. */
function progress(matter: Matter, chance: Chance, fallbackType: string): Act | null {
  const { ticket, workOrders } = matter;
  const { dice } = chance;
  if (ticket.typeCode === 'unclassified')
    return deskAct(ticket, 'classify', later(ticket.receivedAt, dice.minutes('classify', 1, 20)), {
      body: { typeCode: fallbackType },
    });
  const work = workOrders.find(({ status }) => status === 'open');
  if (work) return nextWorkAct(matter, work, chance);
  const isWorkDone = ticket.workResults.length > ticket.reopenings;
  if (ticket.needsWorkOrder && !isWorkDone) return null;
  return answer(ticket, dice) ?? callback(ticket, dice) ?? close(ticket, dice);
}

const inRound = (ticket: TicketRecord, name: string) =>
  ticket.reopenings ? `${name}/${ticket.reopenings}` : name;

function deskAct(
  ticket: TicketRecord,
  verb: string,
  at: string,
  { body, step = verb, seat = 'desk' }: { body: object; step?: string; seat?: 'desk' | 'quality' },
): Act {
  return {
    step: inRound(ticket, step),
    at,
    by: { seat },
    path: `/intake/tickets/${ticket.ticketId}/${verb}`,
    body,
  };
}

/** A call-taker asks for what the caller has at hand; who signed in or stands at the counter shows it. */
const VERIFIED_BY = {
  phone: ['registered-number', 'registered-number', 'account-number', 'voice', 'not-verified'],
  window: ['identity-document'],
  web: ['signed-in', 'signed-in', 'not-verified'],
} as const;

/** Who called, said with the wrap-up; where there is danger nobody asks before the crew was there. */
function verification(ticket: TicketRecord, dice: Dice): Act | null {
  const { verified, isAnonymous, isSafety, channel, receivedAt, workResults } = ticket;
  if (verified.caller !== undefined || isAnonymous) return null;
  const since = isSafety ? workResults[0]?.at : receivedAt;
  if (since === undefined) return null;
  const how = isSafety ? 'on-site' : dice.pick('verified-by', VERIFIED_BY[channel]);
  return deskAct(ticket, 'verifications', later(since, dice.minutes('verify', 1, 4)), {
    body: { persons: ['caller'], how },
  });
}

/** Whoever has it by now tells whoever took it down how it stands; now and then not on the same day. */
function feedback({ ticket, owesFeedback }: Matter, dice: Dice): Act | null {
  if (owesFeedback === null) return null;
  const { unit, startAt } = owesFeedback;
  const step = `feedback-${ticket.feedbacks.length}`;
  const most = dice.is(`${step}/forgotten`, 0.05) ? 2_880 : 240;
  return {
    step,
    at: withinHours(later(startAt, dice.minutes(step, 10, most)), OFFICE.from, OFFICE.to),
    by: { role: 'dispatcher', unit, butNot: ticket.owner },
    path: `/intake/tickets/${ticket.ticketId}/feedback`,
    body: { note: '已接收并安排处理。It was taken on and is being seen to.' },
  };
}

/** The customer is told: what was done on site, or what was asked. */
function answer(ticket: TicketRecord, dice: Dice): Act | null {
  const { answers, reopenings, workResults, category, receivedAt } = ticket;
  if (answers.filter(({ isInSubstance }) => isInSubstance).length > reopenings) return null;
  const step = inRound(ticket, 'answer');
  const isFast = category === 'consultation' || ticket.needsWorkOrder;
  const most = dice.is(`${step}/forgotten`, 0.05) ? 7_200 : isFast ? 60 : 600;
  const since = latest(
    receivedAt,
    workResults.at(-1)?.at ?? receivedAt,
    (reopenings ? reopenedAt(ticket, dice) : null) ?? receivedAt,
  );
  const at = withinHours(later(since, dice.minutes(step, 5, most)), OFFICE.from, OFFICE.to);
  return deskAct(ticket, 'answers', at, {
    body: {
      how: 'phone',
      isInSubstance: true,
      answer: ticket.needsWorkOrder
        ? '已告知处理结果。The customer was told what was done.'
        : '已按规定答复。The customer was answered in substance.',
    },
  });
}

/** Asked afterwards; not everybody picks up at once, and not everybody is content. */
function callback(ticket: TicketRecord, dice: Dice): Act | null {
  const { callbacks, category, isAnonymous, reopenings, answers } = ticket;
  if (!CALLED_BACK.includes(category) || isAnonymous) return null;
  const rounds = callbacks.filter(isOver).length;
  if (rounds > reopenings) return null;
  const attempt = callbacks.slice(lastOver(callbacks) + 1).length;
  const step = inRound(ticket, `callback-${attempt}`);
  const since = latest(
    answers.at(-1)?.at ?? ticket.receivedAt,
    callbacks.at(-1)?.at ?? ticket.receivedAt,
  );
  const at = withinHours(later(since, dice.minutes(step, 30, 360)), CALLS.from, CALLS.to);
  return deskAct(ticket, 'callbacks', at, {
    body: callbackOf(attempt, step, dice, reopenings),
    step: `callback-${attempt}`,
    seat: 'quality',
  });
}

function callbackOf(attempt: number, step: string, dice: Dice, reopenings: number): object {
  const isReached = !dice.is(`${step}/no-answer`, 0.18);
  if (!isReached)
    return attempt + 1 < ATTEMPTS
      ? { isReached: false }
      : { isReached: false, impossibleBecause: 'not-reached' };
  const isSatisfied = reopenings > 0 || !dice.is(`${step}/unhappy`, 0.05);
  const rating = isSatisfied ? 'good' : 'poor';
  return {
    isReached: true,
    isSatisfied,
    attitude: 'good',
    workQuality: rating,
    timeliness: dice.is(`${step}/slow`, 0.2) ? 'fair' : 'good',
    result: rating,
  };
}

const isOver = ({ isReached, impossibleBecause }: TicketRecord['callbacks'][number]) =>
  isReached || impossibleBecause !== undefined;

const lastOver = (callbacks: TicketRecord['callbacks']): number => callbacks.findLastIndex(isOver);

function close(ticket: TicketRecord, dice: Dice): Act {
  const impossible = [{ evidence: 'callback', because: 'anonymous' }];
  const at = closeAt(ticket, dice, ticket.reopenings);
  return deskAct(ticket, 'close', at, { body: ticket.isAnonymous ? { impossible } : {} });
}

function closeAt(ticket: TicketRecord, dice: Dice, round: number): string {
  const { answers, callbacks, workResults, receivedAt } = ticket;
  const since = latest(
    receivedAt,
    answers.at(-1)?.at ?? receivedAt,
    callbacks.at(-1)?.at ?? receivedAt,
    workResults.at(-1)?.at ?? receivedAt,
  );
  return later(since, dice.minutes(round ? `close/${round}` : 'close', 1, 15));
}

/** Whoever was not content, and now and then somebody whose trouble came back; nobody a second time. */
function reopening(ticket: TicketRecord, dice: Dice): Act | null {
  const at = reopenedAt(ticket, dice);
  if (ticket.reopenings > 0 || at === null) return null;
  return deskAct(ticket, 'reopen', at, {
    body: {
      reason: isUnhappy(ticket)
        ? '回访不满意。Not satisfied when called back.'
        : '问题再次出现。The trouble came back.',
    },
  });
}

const isUnhappy = ({ callbacks }: TicketRecord) =>
  callbacks.some(({ isSatisfied }) => isSatisfied === false);

/** When the first round is reopened, as it was reckoned at its closing. Null: it is over for good. */
function reopenedAt(ticket: TicketRecord, dice: Dice): string | null {
  const closedAt = ticket.closedAt ?? closeAt(ticket, dice, 0);
  if (isUnhappy(ticket)) return later(closedAt, dice.minutes('reopen', 5, 30));
  if (!dice.is('comes-back', 0.03)) return null;
  return withinHours(later(closedAt, dice.minutes('reopen', 600, 4_300)), CALLS.from, CALLS.to);
}
