import {
  CARD_PLACES,
  CrewArrived,
  FileRef,
  NoAccessRecorded,
  type CardPlace,
} from '@shouwen/contracts';
import { Command, Rejected, handles, type Context } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { around, inUtc, refuseOutside, type VisitFact } from './visit.js';
import { placeOf, workOrders, type Job } from './work-order.js';

/** Nobody opened: the crew waited as long as the pack says, left the re-appointment card and goes. */
export class RecordNoAccess extends Command {
  @IsUUID() workOrderId!: string;
  /** Where the arrival was not reported on its own, as from a place without network. */
  @IsOptional() @IsISO8601({ strict: true }) arrivedAt?: string;
  @IsIn(CARD_PLACES, {
    message: `the card is left in plain sight and never on the customer's door: one of ${CARD_PLACES.join(', ')}`,
  })
  cardPlace!: CardPlace;
  @IsString() @IsNotEmpty() @MaxLength(80) contactPerson!: string;
  @IsString() @IsNotEmpty() @MaxLength(40) contactPhone!: string;
  @IsOptional() @ValidateNested() @Type(() => FileRef) photo?: FileRef;
}

const MINUTE = 60_000;

export const recordNoAccess = handles(RecordNoAccess, workOrders, (state, command, context) => {
  const { workOrderId, cardPlace, contactPerson, contactPhone, photo } = command;
  const { actor, occurredAt } = context;
  const reported = command.arrivedAt ? inUtc(command.arrivedAt) : null;
  const job = refuseOutside(state, reported ?? occurredAt);
  refuseOutside(state, occurredAt);
  const arrival = arrivalOf(job.visits, { reported, leftAt: occurredAt });
  if (arrival === null) return [];
  const { arrivedAt } = arrival;
  const waited = waitedEnough(job, { arrivedAt, leftAt: occurredAt }, context);
  const place = {
    workOrderId,
    ticketIds: [...job.ticketIds],
    unit: placeOf(job),
    by: actor.number,
  };
  return [
    ...(arrival.isKnown ? [] : [CrewArrived({ ...place, arrivedAt }, { occurredAt: arrivedAt })]),
    NoAccessRecorded(
      {
        ...{ ...place, leftAt: occurredAt, waitedMinutes: waited.minutes, cardPlace },
        ...{ contactId: `staff-${actor.number}`, contactPerson, contactPhone },
        ...(photo ? { photo: { ...photo } } : {}),
      },
      { pack: waited.pack },
    ),
  ];
});

/** The arrival that this wait began with; null where the visit's card is recorded already. */
function arrivalOf(
  visits: readonly VisitFact[],
  { reported, leftAt }: { reported: string | null; leftAt: string },
): { arrivedAt: string; isKnown: boolean } | null {
  const { before, after } = around(visits, leftAt);
  const isNewVisit = reported !== null && before !== undefined && reported > before.at;
  if (after?.what === 'no-access' || (before?.what === 'no-access' && !isNewVisit)) return null;
  if (before?.what === 'arrived') return { arrivedAt: before.at, isKnown: true };
  if (reported !== null && reported <= leftAt) return { arrivedAt: reported, isKnown: false };
  throw new Rejected(
    'work-order.not-arrived',
    'No arrival is recorded before this; record it first, or give arrivedAt with this report.',
    'arrivedAt',
  );
}

function waitedEnough(
  { utility, typeCode, category, receivedAt }: Job,
  { arrivedAt, leftAt }: { arrivedAt: string; leftAt: string },
  context: Context,
) {
  const matter = { utility, typeCode, category, asOf: receivedAt };
  const { minutes, pack } = standardsOf(context).noAccessWaitMinutes(matter);
  const waited = Math.floor((Date.parse(leftAt) - Date.parse(arrivedAt)) / MINUTE);
  if (waited < minutes)
    throw new Rejected(
      'no-access.too-early',
      `Wait ${minutes} minutes before you leave the card; ${waited} have passed since the arrival.`,
    );
  return { minutes: waited, pack };
}
