import { IsNotEmpty, IsString } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { ReturnNoted } from '@shouwen/contracts';
import { departures } from './departure.js';

/** Dispatch told that somebody works here; nothing new unless they had left. Sent by a reaction only. */
export class NoteReturn extends Command {
  @IsNotEmpty() @IsString() departureId!: string;
  @IsNotEmpty() @IsString() owner!: string;
}

export const noteReturn = handles(NoteReturn, departures, (departure, { departureId, owner }) =>
  departure.status === 'left' ? [ReturnNoted({ departureId, owner })] : [],
);
