import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

/** A post and the person who held it, or stood in for its holder, when somebody had to be told. */
export class Told {
  @IsNotEmpty() @IsString() post!: string;
  @Matches(STAFF_NUMBER) staff!: string;
}

/** The clauses a due instant was computed from, kept in the data because the stream's state goes on citing them. */
export class CitedClauses {
  @IsNotEmpty() @IsString() pack!: string;
  @IsNotEmpty() @IsString() version!: string;
  @IsNotEmpty() @IsString() hash!: string;
  @IsArray() @ArrayUnique() @IsString({ each: true }) clauses!: readonly string[];
}

/** What every event about a ticket's clock says of the ticket, so that no reader has to look elsewhere. */
export abstract class ClockFact {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() number!: string;
  @IsNotEmpty() @IsString() utility!: string;
  @IsNotEmpty() @IsString() typeCode!: string;
  @IsNotEmpty() @IsString() category!: string;
  /** Unit that answers for it; `/` while no rule could route the matter. */
  @Matches(UNIT_PATH) unit!: string;
  /** Staff numbers that the matter complains about, where there are any: they may not see this. */
  @IsOptional() @IsArray() @Matches(STAFF_NUMBER, { each: true }) aboutStaff?: readonly string[];
}

/** A fact about one deadline of the ticket. */
export abstract class DeadlineFact extends ClockFact {
  /** Name of the deadline in its pack, e.g. `arrive`. */
  @IsNotEmpty() @IsString() deadline!: string;
  /** How often this deadline has been started: an appointment, a reclassification or a reopening starts it again. */
  @IsInt() @Min(1) run!: number;
  /** What ends it: `arrive`, `answer`, `restore`, … */
  @IsNotEmpty() @IsString() stage!: string;
  @IsISO8601({ strict: true }) dueAt!: string;
  @ValidateNested() @Type(() => CitedClauses) pack!: CitedClauses;
}

/** A fact about one step of the ladder that a ticket climbs while nobody handles it. */
export abstract class StepFact extends ClockFact {
  @IsNotEmpty() @IsString() ladder!: string;
  @IsNotEmpty() @IsString() step!: string;
  /** 1 for the first climb; a reopened ticket climbs again. */
  @IsInt() @Min(1) run!: number;
  /** Hours without handling that lead to this step. */
  @IsInt() @Min(0) hours!: number;
  /** The post that is told, e.g. `station-head`. */
  @IsNotEmpty() @IsString() post!: string;
  @IsISO8601({ strict: true }) dueAt!: string;
  @ValidateNested() @Type(() => CitedClauses) pack!: CitedClauses;
}
