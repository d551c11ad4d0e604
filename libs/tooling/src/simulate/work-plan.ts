import type { Dice } from './dice.js';
import { later, latest, withinHours } from './hours.js';
import type { Act, Matter, WorkRecord } from './matter.js';

/** What a choice may depend on beside the matter itself. */
export interface Chance {
  readonly dice: Dice;
  readonly now: string;
  /** Crews of a unit, in a fixed order. */
  readonly crewsOf: (unit: string) => readonly string[];
}

const CARD = {
  cardPlace: 'letterbox',
  contactPerson: '值班员',
  contactPhone: '19900000000',
} as const;

/** People are at home, and may be visited, in these hours. */
const DAY = { from: '08:00', to: '20:00' } as const;

/** What the dispatcher or the crew does next on an open work order. */
export function nextWorkAct(
  { ticket }: Matter,
  work: WorkRecord,
  { dice, now, crewsOf }: Chance,
): Act | null {
  const { workOrderId, crew, signedAt, visits, slot, issuedAt, unit } = work;
  const isUrgent = ticket.isSafety;
  const visit = visits.filter(({ what }) => what === 'no-access').length;
  const order = `/dispatch/work-orders/${workOrderId}`;
  const act = (name: string, at: string, by: Act['by'], body: object = {}): Act => ({
    step: `${workOrderId}/${name}/${visit}`,
    at,
    by,
    path: `${order}/${name}`,
    body,
  });
  const draw = (name: string, least: number, most: number) =>
    dice.minutes(`${round(ticket.reopenings)}${name}/${visit}`, least, most);
  const roll = (name: string, probability: number) =>
    dice.is(`${round(ticket.reopenings)}${name}/${visit}`, probability);
  if (!crew) {
    const crews = crewsOf(unit);
    if (!crews.length) return null;
    const chosen = dice.pick(`crew/${ticket.reopenings}`, crews);
    const at = later(issuedAt, isUrgent ? draw('assign', 0, 1) : draw('assign', 1, 8));
    return act('assign', at, { role: 'dispatcher', unit }, { crew: chosen });
  }
  const field = { role: 'crew', unit: crew } as const;
  if (!signedAt)
    return act('sign', later(issuedAt, isUrgent ? draw('sign', 1, 2) : draw('sign', 4, 15)), field);
  const last = visits.at(-1);
  if (!last || last.what === 'no-access') {
    const known = latest(issuedAt, signedAt, last?.at ?? issuedAt);
    if (!slot && !isUrgent && (last || roll('slot', 0.15)))
      return act(
        'appoint',
        later(known, draw('appoint', 1, 5)),
        { role: 'dispatcher', unit },
        slotAfter(latest(known, now), draw('wait', 90, 900)),
      );
    const at = slot
      ? latest(known, later(slot.from, -draw('ahead', 25, 45)))
      : later(
          known,
          isUrgent ? draw('depart', 0, 2) : draw('depart', 2, roll('busy', 0.08) ? 240 : 15),
        );
    return act('depart', at, field);
  }
  if (last.what === 'departed') {
    const isSlow = roll('traffic', slot ? 0.04 : 0.07);
    const most = isUrgent ? (isSlow ? 40 : 18) : isSlow ? 120 : 28;
    const arrivedAt = later(last.at, draw('arrive', 5, most));
    // No network in the basement: the arrival is told with the end of the work, and a limit that seemed missed was kept.
    if (!isUrgent && roll('no-network', 0.04))
      return act('finish', later(arrivedAt, draw('repair', 30, 150)), field, {
        ...sheet(roll),
        arrivedAt,
      });
    return act('arrive', arrivedAt, field);
  }
  if (visit === 0 && !isUrgent && roll('nobody-home', 0.07))
    return act('no-access', later(last.at, draw('no-access', 16, 30)), field, CARD);
  const isLong = !isUrgent && roll('long', 0.06);
  const duration = isLong ? draw('repair', 1_300, 6_600) : draw('repair', 15, isUrgent ? 90 : 150);
  return act('finish', later(last.at, duration), field, sheet(roll));
}

const round = (reopenings: number) => (reopenings ? `round-${reopenings}/` : '');

function slotAfter(instant: string, minutes: number): { from: string; to: string } {
  const half = 30;
  const from = withinHours(later(instant, minutes), DAY.from, DAY.to);
  const start = new Date(
    Math.ceil(Date.parse(from) / (half * 60_000)) * half * 60_000,
  ).toISOString();
  return { from: start, to: later(start, 120) };
}

function sheet(roll: (name: string, probability: number) => boolean): object {
  const outcome = roll('behind-the-meter', 0.08) ? 'customer-side' : 'restored';
  const result =
    outcome === 'restored'
      ? '已修复并现场测试正常。Repaired and tested on site.'
      : '故障在用户产权侧,已告知用户。The fault is on the customer’s side; told so.';
  if (roll('will-not-sign', 0.03))
    return {
      outcome,
      result,
      signature: 'refused',
      refusedBecause: '用户不愿签字',
      witness: '楼栋长',
    };
  return { outcome, result, signature: 'signed' };
}
