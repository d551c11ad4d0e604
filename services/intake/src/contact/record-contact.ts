import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  at,
  Command,
  handlesAcross,
  Invalid,
  Rejected,
  type Context,
  type Event,
  type Read,
  type StreamRef,
  write,
} from '@shouwen/engine';
import {
  CHANNELS,
  ContactRecorded,
  ContactSource,
  DISPOSITIONS,
  type Channel,
  type Disposition,
  VERIFICATIONS,
  type Verification,
} from '@shouwen/contracts';
import { accountHolderIdOf, accountHolders } from '../customer/account-holder.js';
import { externalMatterIdOf, externalMatters } from '../external-matter/external-matter.js';
import { DUTY_LEADER, seatIdOf, seats, SUPERVISION_OFFICE } from '../seat/seat.js';
import { servicePoints, servicePointStreamId } from '../service-point/service-point.js';
import { ticketIdOf } from '../ticket/number.js';
import { tickets } from '../ticket/ticket.js';
import { contacts, isMachine } from './contact.js';
import { MatterWish } from './matter.js';
import { linksOf, mattersOf, type Decided } from './deciding-matters.js';
import { unitOf, type Caller } from './opening.js';
import { stated } from '../ticket/stated.js';

/** Ours, no clause has it: what is told later than this is a late entry; judged, but nobody is warned for the past. */
const LATE_ENTRY_MINUTES = 5;

/** Somebody turned to us: with matters to open, join or chase, or with none. */
export class RecordContact extends Command {
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  /** When the call was answered: the clocks run from here. Absent: from `occurredAt`. */
  @IsOptional() @IsISO8601({ strict: true }) answeredAt?: string;
  /** A person known before, as an earlier contact or a customer names them. Absent: somebody new. */
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/) callerId?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(100) callerName?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(40) callerPhone?: string;
  /** How we know that they are who they say. */
  @IsOptional() @IsIn(VERIFICATIONS) callerVerification?: Verification;
  @IsOptional() @IsBoolean() isAnonymous?: boolean;
  @IsOptional() @IsBoolean() isConfidential?: boolean;
  /** Staff number of whoever talked to them, where somebody else enters it. */
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/) takenBy?: string;
  /** How it ended, where it left no matter. */
  @IsOptional() @IsIn(DISPOSITIONS) disposition?: Disposition;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ContactSource) source?: ContactSource;
  @IsOptional() @IsIn(['zh', 'en']) language?: 'zh' | 'en';
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(20_000) note?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => MatterWish)
  matters?: MatterWish[];
}

export const recordContact = handlesAcross({
  command: RecordContact,
  stream: contacts,
  reads: streamsOf,
  decide(read, command, context) {
    if (read(contacts, command.contactId).status === 'recorded') return [];
    mustBeOneWishEach(command);
    const caller = callerOf(read, command, context);
    const decided = mattersOf(read, command, caller, context);
    // The contact comes last: views that fold it into its tickets find them there.
    return [
      ...decided.map(({ matter, events }) => write(tickets, matter.ticketId, events)),
      ...linksOf(read, command, decided, context),
      write(contacts, command.contactId, [contactOf(command, caller, decided)]),
    ].filter(({ events }) => events.length > 0);
  },
  answer: answerOf,
});

function streamsOf(command: RecordContact, { actor }: Context): StreamRef[] {
  const { contactId, source, matters = [] } = command;
  return [
    at(contacts, contactId),
    at(seats, seatIdOf(actor.tenant, SUPERVISION_OFFICE)),
    at(seats, seatIdOf(actor.tenant, DUTY_LEADER)),
    ...(source ? [at(externalMatters, externalMatterIdOf(actor.tenant, source))] : []),
    ...matters.flatMap(({ opens, joins, chases }, index) => [
      ...(opens ? [at(tickets, ticketIdOf(contactId, index))] : []),
      ...(opens?.servicePointId
        ? [at(servicePoints, servicePointStreamId(actor.tenant, opens.servicePointId))]
        : []),
      ...(opens?.accountId
        ? [at(accountHolders, accountHolderIdOf(actor.tenant, opens.accountId))]
        : []),
      ...[joins, chases].flatMap((id) => (id ? [at(tickets, id)] : [])),
    ]),
  ];
}

function mustBeOneWishEach({ matters = [], disposition }: RecordContact): void {
  const faults = matters.flatMap(({ opens, joins, chases }, index) =>
    [opens, joins, chases].filter(Boolean).length === 1
      ? []
      : [
          {
            field: `matters.${index}`,
            rule: 'oneOf',
            message: `matters.${index} must have exactly one of opens, joins and chases`,
          },
        ],
  );
  const known = matters.flatMap(({ joins, chases }) => joins ?? chases ?? []);
  if (new Set(known).size < known.length)
    faults.push({ field: 'matters', rule: 'distinct', message: 'matters name a ticket twice' });
  if (disposition && (disposition === 'matters') !== matters.length > 0)
    faults.push({
      field: 'disposition',
      rule: 'fitsMatters',
      message: 'disposition must be matters where there are some, and say how it ended elsewhere',
    });
  if (faults.length) throw new Invalid('request.invalid', 'The request breaks a rule.', faults);
}

function callerOf(read: Read, command: RecordContact, context: Context): Caller {
  const { contactId, channel, isAnonymous = false, isConfidential = false } = command;
  const { actor, now, occurredAt } = context;
  const receivedAt = command.answeredAt ? instant(command.answeredAt) : occurredAt;
  if (receivedAt > now)
    throw new Rejected(
      'answered-at.future',
      'The call cannot have been answered in the future.',
      'answeredAt',
    );
  const late = Date.parse(now) - Date.parse(receivedAt) > LATE_ENTRY_MINUTES * 60_000;
  const { takenBy = actor.number, callerId = context.newId(), language = 'zh' } = command;
  const { callerName, callerPhone, callerVerification } = command;
  return {
    contactId,
    channel,
    receivedAt,
    takenBy,
    isByMachine: !command.takenBy && (isFromElsewhere(command) || isMachine(context)),
    callerId,
    // What an anonymous caller let slip is not kept.
    ...(isAnonymous ? {} : stated({ callerName, callerPhone, callerVerification })),
    ...stated({ takenIn: unitOf(context) }),
    isAnonymous,
    isConfidential,
    isLateEntry: late,
    language,
    supervision: read(seats, seatIdOf(actor.tenant, SUPERVISION_OFFICE)),
    dutyLeader: read(seats, seatIdOf(actor.tenant, DUTY_LEADER)),
  };
}

/** A message with another system's number was passed on, not taken down, whoever's account carried it. */
const isFromElsewhere = ({ channel, source }: RecordContact): boolean =>
  channel === 'web' && source !== undefined;

const instant = (text: string): string => new Date(text).toISOString();

function contactOf(
  command: RecordContact,
  caller: Caller,
  decided: readonly Decided[],
): ContactRecorded {
  const { contactId, channel, receivedAt, takenBy, callerId } = caller;
  const { callerName, callerPhone, callerVerification } = caller;
  const message = [command.note, ...decided.map((one) => one.message)].filter(Boolean).join('\n');
  const { source, matters = [] } = command;
  return ContactRecorded(
    {
      contactId,
      channel,
      receivedAt,
      ...(command.answeredAt ? { answeredAt: receivedAt } : {}),
      takenBy,
      callerId,
      ...stated({ takenIn: caller.takenIn, callerName, callerPhone, callerVerification }),
      ...(message ? { message } : {}),
      isAnonymous: caller.isAnonymous,
      isConfidential: caller.isConfidential,
      isLateEntry: caller.isLateEntry,
      disposition: matters.length ? 'matters' : (command.disposition ?? 'answered'),
      ...(source ? { source: { system: source.system, id: source.id } } : {}),
      matters: decided.map(({ matter }) => matter),
      aboutStaff: [...new Set(matters.flatMap(({ opens }) => opens?.aboutStaff ?? []))],
    },
    { occurredAt: receivedAt },
  );
}

/** Safety words come first: they are to be said before anything else is read. */
function answerOf(events: readonly Event[]): object {
  const contact = events.find(isContact);
  if (!contact) return {};
  const numbers = new Map<string, string>();
  const safetyWords = new Set<string>();
  for (const { data } of events as readonly { data: TicketSaid }[]) {
    if (data.ticketId && data.number) numbers.set(data.ticketId, data.number);
    data.safetyWords?.forEach((words) => safetyWords.add(words));
  }
  return {
    ...(safetyWords.size ? { safetyWords: [...safetyWords] } : {}),
    matters: contact.data.matters.map(({ ticketId, how }) => ({
      ticketId,
      ...(numbers.has(ticketId) ? { number: numbers.get(ticketId) } : {}),
      how,
    })),
  };
}

interface TicketSaid {
  readonly ticketId?: string;
  readonly number?: string;
  readonly safetyWords?: readonly string[];
}

const isContact = (event: Event): event is ContactRecorded =>
  event.type === 'intake.contact-recorded';
