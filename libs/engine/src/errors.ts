/** The rules say no. `code` is for programs (`noun.condition`), the message is a sentence for the call-taker. */
export class Rejected extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The field at fault, where there is one. */
    readonly field?: string,
  ) {
    super(message);
  }
}

/** One field that breaks one rule. */
export interface Fault {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/** The request itself is wrong: answered 400 with every field and rule. */
export class Invalid extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

/** The caller may not. Says which role or unit is missing, never what is behind the door. */
export class Forbidden extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Nothing of that name for this tenant and unit. */
export class NotFound extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A sentence about something that stands in the way of a start; printed without a stack. */
export class Refused extends Error {}

/** The same Idempotency-Key came with another request (422). */
export class KeyReused extends Error {
  readonly code = 'idempotency-key.reused';
}

/** The stream moved on more often than the runner re-decides (409 `stream.busy`). */
export class Busy extends Error {
  readonly code = 'stream.busy';
}

/** A view has not read as far as the token asks within the wait (503 `position.not-reached`). */
export class NotReached extends Error {
  readonly code = 'position.not-reached';
}

/** An engine is away: subscriptions pause and try again, nothing is parked for it. */
export class Unavailable extends Error {
  readonly code = 'engine.unavailable';
}

/** An expected version or a condition does not hold any more: re-decide. */
export class Conflict extends Error {}

/** What was read is not what was written. Never retried, always told. */
export class Corrupt extends Error {}

/** Somebody else has moved this checkpoint: this runner is a zombie and must stop. */
export class Fenced extends Error {}
