import { OPERATION_STATUSES, OperationStatus } from '@lxdm/domain';
import { ApiProperty } from '@nestjs/swagger';

const MEANS = ['session', 'token', 'gitlab', 'host', 'dns', 'cli', 'system'] as const;
const RESULTS = ['accepted', 'done', 'refused', 'failed'] as const;

/** Who did something. */
export class AuditActor {
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) id!: string | null;
  @ApiProperty({ description: 'The name at that time.' }) name!: string;
}

/** To what something was done. */
export class AuditTarget {
  @ApiProperty() kind!: string;
  @ApiProperty({ type: String, nullable: true }) id!: string | null;
  @ApiProperty({ description: 'The name at that time.' }) name!: string;
}

/** The operation that was accepted with it. */
export class AuditOperation {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: OPERATION_STATUSES }) status!: OperationStatus;
}

/** Who did what to which thing, when, from where, by which means and with what result. */
export class AuditEntry {
  @ApiProperty({ type: 'integer' }) seq!: number;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: () => AuditActor }) actor!: AuditActor;
  @ApiProperty({ enum: MEANS }) means!: (typeof MEANS)[number];
  @ApiProperty({ description: 'True when it was done as an admin.' }) sudo!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Of your own acts only; for an admin, of all.' })
  address!: string | null;
  @ApiProperty({ description: 'The kind and the verb, as in "container.start".' }) action!: string;
  @ApiProperty({ type: () => AuditTarget }) target!: AuditTarget;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) project!: string | null;
  @ApiProperty({ type: () => AuditOperation, nullable: true }) operation!: AuditOperation | null;
  @ApiProperty({ enum: RESULTS }) result!: (typeof RESULTS)[number];
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What else is worth knowing.',
  })
  detail!: Record<string, unknown> | null;
  @ApiProperty({ type: String, nullable: true }) requestId!: string | null;
}

/** Entries, newest first. */
export class AuditPage {
  @ApiProperty({ type: () => [AuditEntry] }) items!: AuditEntry[];
  @ApiProperty({ type: 'integer', nullable: true, description: '`before` of the next page; null on the last.' })
  next!: number | null;
}
