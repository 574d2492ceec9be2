import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, Relation } from 'typeorm';
import { Container } from '../containers/container.entity';

/** How far the SSH keys of a container are what its project's members have; only the worker writes it, but for the generation. */
@Entity('key_deliveries')
export class KeyDelivery {
  @PrimaryColumn('uuid') containerId!: string;
  @OneToOne(() => Container, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'container_id' })
  container!: Relation<Container>;
  /** Of the set of keys that was in place when somebody looked last; null when that is not known. */
  @Column('text', { nullable: true }) digest!: string | null;
  @Column('timestamptz', { nullable: true }) checkedAt!: Date | null;
  @Column('text', { nullable: true }) error!: string | null;
  /** Bumped by the api when somebody asks for the keys to be delivered again. */
  @Column('integer', { default: 0 }) generation!: number;
  @Column('integer', { default: 0 }) observedGeneration!: number;
  @Column('integer', { default: 0 }) leaseFence!: number;
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { nullable: true }) nextAttemptAt!: Date | null;
  @Column('integer', { default: 0 }) attempts!: number;
}
