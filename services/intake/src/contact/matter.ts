import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
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
  TICKET_UTILITIES,
  type TicketUtility,
  VERIFICATIONS,
  type Verification,
} from '@shouwen/contracts';

const UNIT = /^(\/[a-z0-9][a-z0-9-]{0,39}){1,8}$/;

/** A matter that becomes a ticket of its own. */
export class Opening {
  @IsOptional() @IsIn(TICKET_UTILITIES) utility?: TicketUtility;
  /** Absent: the ticket waits for somebody to classify it. */
  @IsOptional() @IsString() @MaxLength(80) typeCode?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(200) title?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(20_000) description?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(300) address?: string;
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/) gridCode?: string;
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/) servicePointId?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(64) accountId?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(100) affectedName?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(40) affectedPhone?: string;
  /** Absent: where the caller is affected themselves, as the caller was. */
  @IsOptional() @IsIn(VERIFICATIONS) affectedVerification?: Verification;
  @IsOptional() @IsIn(VERIFICATIONS) accountHolderVerification?: Verification;
  @IsOptional() @IsBoolean() isPriority?: boolean;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(500) priorityReason?: string;
  /** Staff numbers complained about. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsNotEmpty({ each: true })
  @IsString({ each: true })
  @MaxLength(32, { each: true })
  aboutStaff?: string[];
  @IsOptional() @IsArray() @ArrayMaxSize(20) @Matches(UNIT, { each: true }) aboutUnits?: string[];
  /** Unit that must handle it; absent: routing decides. */
  @IsOptional() @Matches(UNIT) unit?: string;
}

/** One thing the caller wants: exactly one of `opens`, `joins` and `chases`. */
export class MatterWish {
  @IsOptional() @IsObject() @ValidateNested() @Type(() => Opening) opens?: Opening;
  @IsOptional() @IsUUID() joins?: string;
  @IsOptional() @IsUUID() chases?: string;
  /** What the caller said about a known ticket. */
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(20_000) note?: string;
}
