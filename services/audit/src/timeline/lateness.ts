/** Whatever was learned later than this after it happened is a late entry, as in intake. */
const LATE_MINUTES = 5;

interface Fact {
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly data: object;
}

/** Whole minutes between the happening and the learning; 0 where nothing lies between them. */
export const delayMinutesOf = ({ occurredAt, recordedAt }: Omit<Fact, 'data'>): number =>
  Math.max(0, Math.floor((Date.parse(recordedAt) - Date.parse(occurredAt)) / 60_000));

/** What says so itself: whoever recorded it could not have acted on it in time. */
export const isFlagged = ({ data }: Pick<Fact, 'data'>): boolean =>
  'isLateEntry' in data && data.isLateEntry === true;

export const isLateEntry = (fact: Fact): boolean =>
  isFlagged(fact) ||
  Date.parse(fact.recordedAt) - Date.parse(fact.occurredAt) > LATE_MINUTES * 60_000;
