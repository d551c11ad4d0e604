import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { Command, handles, Rejected, type Circumstances } from '@shouwen/engine';
import { ImpossibleEvidence, TicketClosed, UNCLASSIFIED } from '@shouwen/contracts';
import { standardsOf, type Standards } from '@shouwen/standards';
import { openTicket, tickets, type OpenTicket } from './ticket.js';

/** The matter is over. */
export class CloseTicket extends Command {
  @IsUUID() ticketId!: string;
  /** Evidence that cannot exist, and why. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ImpossibleEvidence)
  impossible?: ImpossibleEvidence[];
}

export const closeTicket = handles(CloseTicket, tickets, (ticket, command, context) => {
  if (ticket.status === 'closed') return [];
  const open = openTicket(ticket, context);
  if (open.typeCode === UNCLASSIFIED)
    throw new Rejected('ticket.unclassified', 'Say first what kind of matter it was.', 'typeCode');
  const required = standardsOf(context).closingEvidence({
    utility: open.utility,
    typeCode: open.typeCode,
    category: open.category,
    asOf: open.receivedAt,
  });
  const names = required.map(({ evidence }) => evidence as string);
  const impossible = impossibleOf(open, names, command.impossible ?? []);
  const missing = names.filter(
    (one) => !open.evidence.includes(one) && !impossible.some(({ evidence }) => evidence === one),
  );
  if (missing.length)
    throw new Rejected(
      'ticket.evidence-missing',
      `Ticket ${open.number} cannot be closed yet; still missing: ${missing.join(', ')}.`,
    );
  return [
    TicketClosed(
      {
        ticketId: command.ticketId,
        number: open.number,
        by: context.actor.number,
        evidence: names.filter((one) => open.evidence.includes(one)),
        impossible,
      },
      packOf(required),
    ),
  ];
});

/** What a caller nobody knows can make impossible. Work on site is done whoever called. */
const NEEDS_A_PERSON = ['answer', 'callback', 'signature'];

/** What was found impossible, by an attempt on record or because nobody knows the caller, and is not there after all. */
function impossibleOf(
  { isAnonymous, evidence: inHand, impossible: found }: OpenTicket,
  required: readonly string[],
  told: readonly ImpossibleEvidence[],
): ImpossibleEvidence[] {
  const missing = required.filter((one) => !inHand.includes(one));
  return missing.flatMap((evidence) => {
    const because = found[evidence] ?? told.find((one) => one.evidence === evidence)?.because;
    if (!because) return [];
    const isAllowed =
      found[evidence] !== undefined ||
      (because === 'anonymous' && isAnonymous && NEEDS_A_PERSON.includes(evidence));
    if (!isAllowed)
      throw new Rejected(
        'ticket.evidence-possible',
        `Nothing on record makes the ${evidence} impossible; obtain it, or record the attempt.`,
        'impossible',
      );
    return [{ evidence, because }];
  });
}

/** The clauses of the gate; those of the first pack where several packs ask. */
function packOf(required: ReturnType<Standards['closingEvidence']>): Circumstances {
  const first = required[0]?.pack;
  if (!first) return {};
  const clauses = required
    .filter(({ pack }) => pack.hash === first.hash)
    .flatMap(({ pack }) => pack.clauses);
  return { pack: { ...first, clauses: [...new Set(clauses)] } };
}
