import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { DynamicEntry } from './dynamic-entry.entity';
import { StaticEntry } from './static-entry.entity';
import { TsigKeyRow } from './tsig-key.entity';
import { Zone } from './zone.entity';

/** Where a record came from: an admin's text, the value of a dynamic entry, a dynamic update (RFC 2136). */
export type RecordSource = 'static' | 'dynamic' | 'update';

/** One record of a zone that does not follow from a container; the data is as on the wire, so that nobody has to read text to serve it. */
@Entity('zone_records')
@Index('zone_records_owner', ['zone', 'owner', 'type'])
export class ZoneRecord {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') zone!: string;
  @ManyToOne(() => Zone, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'zone' }) zoneRow!: Relation<Zone>;
  /** Absolute, in lower case, with its final dot; escapes as in a zone file. */
  @Column('text') owner!: string;
  @Column('integer') type!: number;
  @Column('integer') ttl!: number;
  /** RDATA without compression, names in it in full. */
  @Column('bytea') rdata!: Buffer;
  @Column('text') source!: RecordSource;
  @Index({ where: 'static_entry_id IS NOT NULL' })
  @Column('uuid', { nullable: true })
  staticEntryId!: string | null;
  @ManyToOne(() => StaticEntry, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'static_entry_id' })
  staticEntry!: Relation<StaticEntry | null>;
  @Index({ where: 'dynamic_entry_id IS NOT NULL' })
  @Column('uuid', { nullable: true })
  dynamicEntryId!: string | null;
  @ManyToOne(() => DynamicEntry, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'dynamic_entry_id' })
  dynamicEntry!: Relation<DynamicEntry | null>;
  /** The key that put it there; null when the key was deleted since. */
  @Index({ where: 'tsig_key_id IS NOT NULL' })
  @Column('uuid', { nullable: true })
  tsigKeyId!: string | null;
  @ManyToOne(() => TsigKeyRow, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'tsig_key_id' })
  tsigKey!: Relation<TsigKeyRow | null>;
  /** The value of a dynamic entry as it was given. */
  @Column('text', { nullable: true }) value!: string | null;
  /** The line of a static entry on which the record begins. */
  @Column('integer', { nullable: true }) line!: number | null;
  @Index({ where: 'expires_at IS NOT NULL' })
  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}
