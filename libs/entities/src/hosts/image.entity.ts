import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { Host } from './host.entity';

/** An image that a host has. */
@Entity('images')
@Index(['hostId', 'fingerprint'], { unique: true })
export class Image {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') hostId!: string;
  @ManyToOne(() => Host, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'host_id' }) host!: Relation<Host>;
  @Column('text') fingerprint!: string;
  @Column('text', { array: true, default: () => "'{}'" }) aliases!: string[];
  @Column('text', { default: '' }) description!: string;
  @Column('text', { default: '' }) os!: string;
  @Column('text', { default: '' }) release!: string;
  @Column('text', { default: '' }) architecture!: string;
  @Column('bigint', { default: 0, transformer: { to: (v: number) => v, from: (v: string) => Number(v) } })
  sizeBytes!: number;
  @Column('timestamptz', { default: () => 'now()' }) observedAt!: Date;
}
