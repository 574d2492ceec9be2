import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsISO8601, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { BlankIsAbsent, QueryNumber } from '../../http/query-text';

const FORMATS = ['csv', 'json'] as const;

/** Which entries. */
export class AuditFilter {
  @ApiPropertyOptional({ format: 'uuid' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsUUID()
  actorId?: string;

  @ApiPropertyOptional({
    maxLength: 60,
    description: 'An action, or a kind of actions: "container.start", "container.*".',
  })
  @BlankIsAbsent()
  @MayBeAbsent()
  @Matches(/^[a-z-]{1,30}\.(\*|[a-z-]{1,30})$/, { message: 'An action is a kind and a verb, as in "container.start".' })
  action?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  targetId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsUUID()
  projectId?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'In the names and the action.' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  text?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  from?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  until?: string;
}

/** Which entries, and how many. */
export class ListAudit extends AuditFilter {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'Entries older than this one.' })
  @QueryNumber()
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  before?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @QueryNumber()
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

/** Which entries, and in which form. */
export class ExportAudit extends AuditFilter {
  @ApiPropertyOptional({ enum: FORMATS, default: 'csv' })
  @MayBeAbsent()
  @IsIn(FORMATS)
  format: (typeof FORMATS)[number] = 'csv';
}
