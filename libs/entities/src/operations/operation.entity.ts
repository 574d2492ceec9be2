import type { OperationStatus, OperationStep, OperationType } from '@lxdm/domain';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { User } from '../users/user.entity';

/** The durable record of one action that a user sees; it always ends. */
@Entity('operations')
@Index(['targetId', 'createdAt'])
@Index(['createdAt'])
@Index('operations_outstanding', ['targetId'], { where: "status IN ('Pending', 'Running')" })
@Index(['requestedById', 'idempotencyKey'], { unique: true, where: 'idempotency_key IS NOT NULL' })
export class Operation {
  @PrimaryGeneratedColumn('uuid') id!: string;
  /** The order of acceptance. */
  @Column('bigint', { generated: 'increment' }) seq!: string;
  @Column('text') type!: OperationType;
  @Column('text', { default: 'Pending' }) status!: OperationStatus;
  @Column('text') targetKind!: 'container' | 'host';
  @Column('uuid') targetId!: string;
  /** The target's name at that time, so that the record reads well after the target is gone. */
  @Column('text') targetName!: string;
  @Index() @Column('uuid', { nullable: true }) projectId!: string | null;
  @Column('integer') targetGeneration!: number;
  @Column('jsonb', { default: () => "'[]'" }) steps!: OperationStep[];
  @Column('smallint', { nullable: true }) progress!: number | null;
  @Column('text', { nullable: true }) errorCode!: string | null;
  @Column('text', { nullable: true }) errorMessage!: string | null;
  @Column('uuid', { nullable: true }) requestedById!: string | null;
  @ManyToOne(() => User, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'requested_by_id' })
  requestedBy!: Relation<User | null>;
  @Column('text', { nullable: true }) idempotencyKey!: string | null;
  /** SHA-256 of the request, so that a key used again for something else is refused. */
  @Column('text', { nullable: true }) requestDigest!: string | null;
  @Column('text', { nullable: true }) requestId!: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
  @Column('timestamptz') deadlineAt!: Date;
}
