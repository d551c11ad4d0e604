import {
  CrewArrived,
  FileRef,
  GasResupply,
  OUTCOMES,
  SIGNATURES,
  WorkFinished,
  type Outcome,
  type Signature,
} from '@shouwen/contracts';
import { Command, Rejected, handles, type Context } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { around, inUtc, refuseOutside } from './visit.js';
import { placeOf, workOrders, type Job } from './work-order.js';

/** The job is done, with what was done. A signature that the pack asks for may be refused, before a witness. */
export class FinishWork extends Command {
  @IsUUID() workOrderId!: string;
  @IsIn(OUTCOMES) outcome!: Outcome;
  @IsString() @IsNotEmpty() @MaxLength(4_000) result!: string;
  /** Absent: nobody was asked to sign. */
  @IsOptional() @IsIn(SIGNATURES) signature?: Signature;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(500) refusedBecause?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(80) witness?: string;
  /** Where the arrival was not reported on its own, as from a place without network. */
  @IsOptional() @IsISO8601({ strict: true }) arrivedAt?: string;
  /** What was made sure of before gas flows again. */
  @IsOptional() @ValidateNested() @Type(() => GasResupply) resupply?: GasResupply;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => FileRef)
  photos?: FileRef[];
}

export const finishWork = handles(FinishWork, workOrders, (state, command, context) => {
  const { workOrderId, outcome, result } = command;
  const { actor, occurredAt } = context;
  if (state.status === 'finished') {
    if (state.outcome === outcome) return [];
    throw new Rejected(
      'work-order.already-finished',
      `This work order is finished already, as ${state.outcome}; a correction needs a new one.`,
    );
  }
  const job = refuseOutside(state, occurredAt);
  const arrivedAt = command.arrivedAt ? inUtc(command.arrivedAt) : null;
  if (arrivedAt) refuseOutside(state, arrivedAt);
  refuseDisorder(job, { arrivedAt, finishedAt: occurredAt });
  refuseUnsafeGas(job, command);
  const signature = command.signature ?? 'not-asked';
  const gate = refuseUnsigned(job, { ...command, signature }, context);
  const place = {
    workOrderId,
    ticketIds: [...job.ticketIds],
    unit: placeOf(job),
    by: actor.number,
  };
  const isNewArrival = arrivedAt && around(job.visits, arrivedAt).before?.what !== 'arrived';
  return [
    ...(isNewArrival ? [CrewArrived({ ...place, arrivedAt }, { occurredAt: arrivedAt })] : []),
    WorkFinished(
      {
        ...{
          ...place,
          finishedAt: occurredAt,
          outcome,
          signature,
          affectedId: job.affectedId,
          result,
        },
        ...sheetOf(command),
      },
      gate ? { pack: gate } : {},
    ),
  ];
});

/** What came with the result: who refused before whom, and photos. */
const sheetOf = ({ workOrderId, refusedBecause, witness, photos, resupply }: FinishWork) => ({
  ...(refusedBecause ? { refusedBecause } : {}),
  ...(witness ? { witnessId: `witness-${workOrderId}`, witness } : {}),
  ...(resupply ? { resupply: { ...resupply } } : {}),
  ...(photos?.length ? { photos: photos.map((photo) => ({ ...photo })) } : {}),
});

/** After a leak nobody turns the gas on again from outside: somebody is there, the pipe is tight, all is checked. */
function refuseUnsafeGas({ utility, isSafety }: Job, { outcome, resupply }: FinishWork): void {
  if (utility !== 'gas' || !isSafety || outcome !== 'restored') return;
  const missing = (['isSomebodyPresent', 'isTight', 'isChecked'] as const).find(
    (one) => !resupply?.[one],
  );
  if (missing)
    throw new Rejected(
      'gas.resupply-unsafe',
      'Gas flows again only with somebody present, after the test of tightness and a check.',
      `resupply.${missing}`,
    );
}

function refuseDisorder(
  { visits }: Job,
  { arrivedAt, finishedAt }: { arrivedAt: string | null; finishedAt: string },
): void {
  const { after } = around(visits, finishedAt);
  const later = after?.at ?? (arrivedAt !== null && arrivedAt > finishedAt ? arrivedAt : null);
  if (later)
    throw new Rejected(
      'work-order.finished-too-early',
      `At ${later} the crew was still under way or on site; it cannot have finished at ${finishedAt}.`,
      'occurredAt',
    );
}

/** Work that changed something on site is signed for where the pack's gate asks for a signature. */
function refuseUnsigned(
  job: Job,
  sheet: { outcome: Outcome; signature: Signature; witness?: string; refusedBecause?: string },
  context: Context,
) {
  const { utility, typeCode, category, receivedAt } = job;
  const { outcome, signature, witness, refusedBecause } = sheet;
  if (signature === 'refused' && !(witness && refusedBecause))
    throw new Rejected(
      'signature.witness-missing',
      'When the customer refuses to sign, name a witness and the reason given.',
      witness ? 'refusedBecause' : 'witness',
    );
  const gates = standardsOf(context).closingEvidence({
    ...{ utility, typeCode, category },
    asOf: receivedAt,
  });
  const gate = gates.find(({ evidence }) => evidence === 'signature');
  const isSheetDue = gate && (outcome === 'restored' || outcome === 'customer-side');
  if (isSheetDue && signature === 'not-asked')
    throw new Rejected(
      'signature.missing',
      'This work needs the customer’s signature, or the refusal with a witness.',
      'signature',
    );
  return isSheetDue ? gate.pack : null;
}
