import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Relation } from 'typeorm';
import { Container } from '../containers/container.entity';

/** A key that the manager put into a container and so may take out again. */
@Entity('placed_keys')
export class PlacedKey {
  @PrimaryColumn('uuid') containerId!: string;
  @ManyToOne(() => Container, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'container_id' })
  container!: Relation<Container>;
  /** The home of the account whose file it was put into; empty for a key of cloud-init's document, which may be in any. */
  @PrimaryColumn('text', { default: '' }) home!: string;
  @PrimaryColumn('text') fingerprint!: string;
  @Column('text') publicKey!: string;
  @Column('timestamptz', { default: () => 'now()' }) placedAt!: Date;
}
