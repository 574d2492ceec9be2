import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { Container } from './container.entity';

/** An address of a container: assigned by users, seen on the host, or both. */
@Entity('addresses')
@Index(['containerId', 'interface', 'address'], { unique: true })
@Index(['address'], { unique: true, where: 'published' })
export class Address {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') containerId!: string;
  @ManyToOne(() => Container, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'container_id' })
  container!: Relation<Container>;
  @Column('text') interface!: string;
  @Column('inet') address!: string;
  @Column('smallint') family!: 4 | 6;
  @Column('boolean', { default: false }) assigned!: boolean;
  /** Whether the zone answers with it; once published it stays while the container lives, so that a restart does not make the name vanish. */
  @Column('boolean', { default: false }) published!: boolean;
  /** When it was last seen; null while it is only assigned. */
  @Column('timestamptz', { nullable: true }) observedAt!: Date | null;
  /** False when the last look at the container did not show it. */
  @Column('boolean', { default: false }) present!: boolean;
}
