import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** By which means something was done. */
export type AuditMeans = 'session' | 'token' | 'gitlab' | 'host' | 'dns' | 'cli' | 'system';

/** How it ended when it was written down; an accepted action's end is its operation's. */
export type AuditResult = 'accepted' | 'done' | 'refused' | 'failed';

/** Who did what to which thing: written once, never changed. Names are kept as they were. */
@Entity('audit_events')
@Index(['projectId', 'seq'])
@Index(['actorId', 'seq'])
@Index(['targetId', 'seq'])
export class AuditEvent {
  @PrimaryColumn('bigint', { generated: 'increment' }) seq!: string;
  @Index() @Column('timestamptz', { default: () => 'now()' }) at!: Date;
  @Column('uuid', { nullable: true }) actorId!: string | null;
  @Column('text') actorName!: string;
  @Column('text') means!: AuditMeans;
  @Column('uuid', { nullable: true }) tokenId!: string | null;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('boolean', { default: false }) sudo!: boolean;
  @Column('text') action!: string;
  @Column('text') targetKind!: string;
  @Column('text', { nullable: true }) targetId!: string | null;
  @Column('text') targetName!: string;
  @Column('uuid', { nullable: true }) projectId!: string | null;
  @Index() @Column('uuid', { nullable: true }) operationId!: string | null;
  @Column('text') result!: AuditResult;
  /** What else is worth knowing: a reason, a role, what changed. Never a secret. */
  @Column('jsonb', { nullable: true }) detail!: Record<string, unknown> | null;
  @Column('text', { nullable: true }) requestId!: string | null;
}
