import { IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { DepartureNoted } from '@shouwen/contracts';
import { departures } from './departure.js';

/** Dispatch told that somebody left. Sent by a reaction only. */
export class NoteDeparture extends Command {
  @IsNotEmpty() @IsString() departureId!: string;
  @IsNotEmpty() @IsString() owner!: string;
  @IsOptional() @IsString() successor?: string;
}

export const noteDeparture = handles(NoteDeparture, departures, (departure, command) => {
  const { departureId, owner, successor } = command;
  if (departure.status === 'left' && departure.successor === successor) return [];
  return [DepartureNoted({ departureId, owner, ...(successor ? { successor } : {}) })];
});
