import { TicketWorkNoted, UNIT_PATH } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import {
  IsArray,
  IsBoolean,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
} from 'class-validator';
import { ticketWorks } from './ticket-work.js';

/** A ticket was opened that needs no work order, or whose matter nobody knows yet. */
export class NoteTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsBoolean() isPriority!: boolean;
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsString() @IsNotEmpty() affectedId!: string;
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: string[];
  @IsOptional() @Matches(UNIT_PATH) unit?: string;
}

export const noteTicket = handles(NoteTicket, ticketWorks, (ticket, command) => {
  if (ticket.status === 'known') return [];
  const { ticketId, isPriority, receivedAt, affectedId, unit } = command;
  return [
    TicketWorkNoted({
      ...{ ticketId, isPriority, receivedAt, affectedId },
      aboutStaff: [...command.aboutStaff],
      aboutUnits: [...command.aboutUnits],
      ...(unit ? { unit } : {}),
    }),
  ];
});
