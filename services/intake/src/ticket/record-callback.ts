import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { Command, handles, Rejected } from '@shouwen/engine';
import {
  CallbackRecorded,
  IMPOSSIBLE_REASONS,
  RATINGS,
  type ImpossibleReason,
  type Rating,
} from '@shouwen/contracts';
import { belongsTo, openTicket, tickets } from './ticket.js';

/** The customer was asked afterwards: five questions, and whether they are satisfied; or why that cannot be. */
export class RecordCallback extends Command {
  @IsUUID() ticketId!: string;
  @IsBoolean() isReached!: boolean;
  @IsOptional() @IsBoolean() isSatisfied?: boolean;
  @IsOptional() @IsIn(RATINGS) attitude?: Rating;
  @IsOptional() @IsIn(RATINGS) workQuality?: Rating;
  @IsOptional() @IsIn(RATINGS) timeliness?: Rating;
  @IsOptional() @IsIn(RATINGS) result?: Rating;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(2_000) suggestions?: string;
  /** Given up for good. Absent where the customer was merely not reached this time. */
  @IsOptional() @IsIn(IMPOSSIBLE_REASONS) impossibleBecause?: ImpossibleReason;
}

const QUESTIONS = ['attitude', 'workQuality', 'timeliness', 'result'] as const;

export const recordCallback = handles(RecordCallback, tickets, (ticket, command, context) => {
  const { ticketId, isReached, isSatisfied, suggestions, impossibleBecause } = command;
  const open = openTicket(ticket, context);
  const by = context.actor.number;
  if (open.workedBy.includes(by) || belongsTo(open.workUnits, context))
    throw new Rejected(
      'callback.by-those-who-worked',
      'You or your unit did the work; somebody else must ask the customer how it was.',
    );
  if (impossibleBecause === 'anonymous' && !open.isAnonymous)
    throw new Rejected(
      'callback.not-anonymous',
      'The caller is known, so there is somebody to call back.',
      'impossibleBecause',
    );
  mustBeWhole(command);
  if (impossibleBecause && open.impossible['callback'] === impossibleBecause) return [];
  return [
    CallbackRecorded({
      ticketId,
      by,
      isReached,
      ...(isSatisfied === undefined ? {} : { isSatisfied }),
      ...Object.fromEntries(
        QUESTIONS.flatMap((one) => (command[one] ? [[one, command[one]]] : [])),
      ),
      ...(impossibleBecause ? { impossibleBecause } : {}),
      affectedId: open.affectedId,
      ...(suggestions ? { suggestions } : {}),
    }),
  ];
});

/** A callback that leaves out a question would make the rates a lie; one that reached nobody has no answers. */
function mustBeWhole(command: RecordCallback): void {
  const { isReached, isSatisfied, impossibleBecause } = command;
  const answers = QUESTIONS.filter((one) => command[one] !== undefined);
  if (isReached && (isSatisfied === undefined || answers.length < QUESTIONS.length))
    throw new Rejected(
      'callback.incomplete',
      'Ask for attitude, work quality, timeliness and result, and whether the customer is satisfied.',
      isSatisfied === undefined ? 'isSatisfied' : QUESTIONS.find((one) => !answers.includes(one)),
    );
  if (isReached && impossibleBecause)
    throw new Rejected(
      'callback.reached-and-impossible',
      'The customer was reached, so the callback was possible.',
      'impossibleBecause',
    );
  if (!isReached && (isSatisfied !== undefined || answers.length > 0))
    throw new Rejected(
      'callback.not-reached',
      'Nobody was reached, so there are no answers to record.',
      'isReached',
    );
}
