/** What the platform's views say of one ticket and of the work on it: all that an act is chosen by. */
export interface Matter {
  readonly ticket: TicketRecord;
  /** Oldest first. */
  readonly workOrders: readonly WorkRecord[];
  /** One company passed it on, and the other has not yet said how it stands. */
  readonly owesFeedback: FeedbackRecord | null;
}

/** The running limit of a feedback. */
export interface FeedbackRecord {
  /** When it was passed on. */
  readonly startAt: string;
  /** The unit that it lies with by now. */
  readonly unit: string;
}

export interface TicketRecord {
  readonly ticketId: string;
  readonly number: string;
  readonly status: 'open' | 'closed';
  readonly channel: 'phone' | 'window' | 'web';
  readonly receivedAt: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly needsWorkOrder: boolean;
  readonly isSafety: boolean;
  readonly isAnonymous: boolean;
  /** The first-contact owner. */
  readonly owner: string;
  /** How each person was verified, as far as anybody said. */
  readonly verified: { readonly caller?: string };
  readonly reopenings: number;
  readonly contactIds: readonly string[];
  readonly answers: readonly { readonly at: string; readonly isInSubstance: boolean }[];
  readonly feedbacks: readonly { readonly at: string }[];
  readonly workResults: readonly { readonly at: string; readonly workOrderId: string }[];
  readonly callbacks: readonly {
    readonly at: string;
    readonly isReached: boolean;
    readonly isSatisfied?: boolean;
    readonly impossibleBecause?: string;
  }[];
  readonly closedAt?: string;
}

export interface WorkRecord {
  readonly workOrderId: string;
  readonly ticketIds: readonly string[];
  readonly status: 'open' | 'returned' | 'finished' | 'withdrawn';
  readonly issuedAt: string;
  /** The unit that answers for it. */
  readonly unit: string;
  readonly crew?: string;
  readonly signedAt?: string;
  readonly slot?: { readonly from: string; readonly to: string };
  /** What happened on site, in the order of its instants. */
  readonly visits: readonly {
    readonly what: 'departed' | 'arrived' | 'no-access';
    readonly at: string;
  }[];
}

/** Who does it: a seat of the desk, or somebody of a unit with a role there. */
export type Player =
  | { readonly seat: 'desk' | 'quality' }
  | {
      readonly role: 'dispatcher' | 'crew';
      readonly unit: string;
      /** Somebody else than this one, where there is anybody else. */
      readonly butNot?: string;
    };

/** One thing that somebody does at an instant. */
export interface Act {
  /** Unique within the ticket: its key, its dice and its place among acts of one instant. */
  readonly step: string;
  readonly at: string;
  readonly by: Player;
  readonly path: string;
  readonly body: object;
}
