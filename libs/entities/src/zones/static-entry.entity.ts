import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { Zone } from './zone.entity';

/** Records that an admin wrote as zone-file text; what is served of it are its zone_records, made when it was saved. */
@Entity('static_entries')
export class StaticEntry {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Index() @Column('text') zone!: string;
  @ManyToOne(() => Zone, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'zone' }) zoneRow!: Relation<Zone>;
  @Column('text') title!: string;
  @Column('text') text!: string;
  /** Counts the changes: who saves says which one was read. */
  @Column('integer', { default: 1 }) version!: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt!: Date;
  @Column('uuid', { nullable: true }) updatedById!: string | null;
}
