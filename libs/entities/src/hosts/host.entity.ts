import { Column, Entity, Index, JoinTable, ManyToMany, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { SubnetEntity } from './subnet.entity';

/** An LXD or Incus server that we manage. */
@Entity('hosts')
@Index(['nameKey'], { unique: true, where: 'removed_at IS NULL' })
@Index(['url'], { unique: true, where: 'removed_at IS NULL' })
export class Host {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') nameKey!: string;
  @Column('text') url!: string;
  @Column('text', { nullable: true }) monitoringUrl!: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @ManyToMany(() => SubnetEntity)
  @JoinTable({ name: 'host_subnets', joinColumn: { name: 'host_id' }, inverseJoinColumn: { name: 'subnet_id' } })
  subnets!: Relation<SubnetEntity[]>;

  // Desired: only the api writes these.
  @Column('text', { nullable: true }) pin!: string | null;
  /** The trust password or token, sealed; cleared by the worker as soon as it was used. */
  @Column('text', { nullable: true }) trustSecret!: string | null;
  @Column('text', { nullable: true }) trustKind!: 'password' | 'token' | null;
  @Column('timestamptz', { nullable: true }) deletedAt!: Date | null;
  @Column('integer', { default: 1 }) generation!: number;

  // Observed: only the worker writes these.
  @Column('text', { nullable: true }) server!: 'lxd' | 'incus' | null;
  @Column('text', { nullable: true }) serverVersion!: string | null;
  @Column('text', { nullable: true }) seenFingerprint!: string | null;
  @Column('boolean', { default: false }) trusted!: boolean;
  @Column('integer', { default: 0 }) observedGeneration!: number;
  @Column('timestamptz', { nullable: true }) lastSeenAt!: Date | null;
  @Column('text', { nullable: true }) observedError!: string | null;
  @Column('bigint', {
    nullable: true,
    transformer: { to: (v: number | null) => v, from: (v: string | null) => (v === null ? null : Number(v)) },
  })
  memoryTotalBytes!: number | null;
  @Column('bigint', {
    nullable: true,
    transformer: { to: (v: number | null) => v, from: (v: string | null) => (v === null ? null : Number(v)) },
  })
  memoryUsedBytes!: number | null;
  @Column('timestamptz', { nullable: true }) removedAt!: Date | null;

  // Lease: who is working on it, by the database's clock.
  @Column('integer', { default: 0 }) leaseFence!: number;
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { nullable: true }) nextAttemptAt!: Date | null;
  @Column('integer', { default: 0 }) attempts!: number;
}
