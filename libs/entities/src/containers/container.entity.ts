import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { Host } from '../hosts/host.entity';
import { Project } from '../projects/project.entity';

/** A container: what is wanted of it and what was seen of it, in columns with different writers. */
@Entity('containers')
// Two hosts may hold foreign instances of one name; among the containers that we make, a name is unique.
@Index('containers_name', ['nameKey'], { unique: true, where: 'removed_at IS NULL AND NOT adopted' })
@Index('containers_name_on_host', ['hostId', 'name'], { unique: true, where: 'removed_at IS NULL' })
@Index('containers_sorted', ['nameKey', 'id'], { where: 'removed_at IS NULL' })
@Index(['hostId'], { where: 'removed_at IS NULL' })
@Index(['projectId'], { where: 'removed_at IS NULL' })
@Index('containers_unsettled', ['nextAttemptAt'], { where: 'removed_at IS NULL AND generation <> observed_generation' })
export class Container {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') nameKey!: string;
  @Column('text', { default: '' }) description!: string;
  @Column('uuid', { nullable: true }) projectId!: string | null;
  @ManyToOne(() => Project, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'project_id' })
  project!: Relation<Project | null>;
  /** True when it was found on the host: we never created it, and wish nothing of it until somebody does. */
  @Column('boolean', { default: false }) adopted!: boolean;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;

  // Desired: only the api writes these.
  @Column('uuid') hostId!: string;
  @ManyToOne(() => Host, { onDelete: 'RESTRICT' }) @JoinColumn({ name: 'host_id' }) host!: Relation<Host>;
  @Column('text', { nullable: true }) image!: string | null;
  @Column('boolean', { default: false }) nesting!: boolean;
  @Column('text') hwaddrEth0!: string;
  @Column('text') hwaddrEth1!: string;
  @Column('text', { nullable: true }) power!: 'running' | 'stopped' | null;
  @Column('integer', { default: 0 }) restartGeneration!: number;
  @Column('boolean', { default: false }) stopForce!: boolean;
  @Column('integer', { default: 30 }) stopTimeoutSeconds!: number;
  @Column('timestamptz', { nullable: true }) deletedAt!: Date | null;
  @Column('integer', { default: 1 }) generation!: number;

  // Observed: only the worker writes these.
  @Column('text', { nullable: true }) observedStatus!: string | null;
  @Column('text', { nullable: true }) observedImage!: string | null;
  @Column('text', { nullable: true }) observedUuid!: string | null;
  @Column('text', { nullable: true }) observedHwaddrEth1!: string | null;
  /** The start that LXD noted last, and its process id: another one is another boot. */
  @Column('text', { nullable: true }) observedBoot!: string | null;
  /** When that boot was first seen, by the database's clock; null when the container ran already when it was first seen. */
  @Column('timestamptz', { nullable: true }) bootedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) createdOnHostAt!: Date | null;
  @Column('timestamptz', { nullable: true }) missingSince!: Date | null;
  @Column('integer', { default: 0 }) observedGeneration!: number;
  @Column('integer', { default: 0 }) observedRestartGeneration!: number;
  /** The boot mark noted before a restart was begun; null when none is under way. */
  @Column('text', { nullable: true }) restartFrom!: string | null;
  @Column('timestamptz', { nullable: true }) observedAt!: Date | null;
  @Column('text', { nullable: true }) observedError!: string | null;
  @Column('timestamptz', { nullable: true }) removedAt!: Date | null;

  // Lease: who is working on it, by the database's clock; every write of the holder carries the fence.
  @Column('integer', { default: 0 }) leaseFence!: number;
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { nullable: true }) nextAttemptAt!: Date | null;
  @Column('integer', { default: 0 }) attempts!: number;
}
