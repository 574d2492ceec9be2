import { OPERATION_STATUSES, OPERATION_TYPES, OperationStatus, OperationType } from '@lxdm/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const TARGETS = ['container', 'host'] as const;
const STEP_STATUSES = ['done', 'running', 'failed'] as const;

/** What an operation is about. */
export class OperationTarget {
  @ApiProperty({ enum: TARGETS }) kind!: (typeof TARGETS)[number];
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'Its name when the operation was accepted.' }) name!: string;
}

/** One thing that was done for an operation. */
export class OperationStep {
  @ApiProperty() name!: string;
  @ApiProperty({ enum: STEP_STATUSES }) status!: (typeof STEP_STATUSES)[number];
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiPropertyOptional() detail?: string;
}

/** Why an operation did not succeed. */
export class OperationError {
  @ApiProperty() code!: string;
  @ApiProperty({ description: 'In plain words.' }) message!: string;
}

/** Who asked for an operation. */
export class OperationUser {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
}

/** The durable record of one action; it always ends. */
export class Operation {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: OPERATION_TYPES }) type!: OperationType;
  @ApiProperty({ enum: OPERATION_STATUSES }) status!: OperationStatus;
  @ApiProperty({ type: () => OperationTarget }) target!: OperationTarget;
  @ApiProperty({ type: () => [OperationStep] }) steps!: OperationStep[];
  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, maximum: 100 }) progress!: number | null;
  @ApiProperty({ type: () => OperationError, nullable: true }) error!: OperationError | null;
  @ApiProperty({ type: () => OperationUser, nullable: true }) requestedBy!: OperationUser | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) startedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) finishedAt!: string | null;
}

/** A page of operations. */
export class OperationPage {
  @ApiProperty({ type: () => [Operation] }) items!: Operation[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) page!: number;
  @ApiProperty({ type: 'integer' }) pageSize!: number;
}
