import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { Zone } from './zone.entity';

/** A key that signs a zone (DNSSEC, ECDSA P-256, one key for all: RFC 6781 §3.1); the private part is sealed for exactly this row. */
@Entity('zone_keys')
export class ZoneKey {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Index() @Column('text') zone!: string;
  @ManyToOne(() => Zone, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'zone' }) zoneRow!: Relation<Zone>;
  /** RDATA of the DNSKEY record (RFC 4034 §2.1). */
  @Column('bytea') dnskey!: Buffer;
  @Column('text') privateKeySealed!: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  /** Since when it signs all records and not only the keys. */
  @Column('timestamptz', { nullable: true }) activeAt!: Date | null;
  /** Since when another one does so in its place. */
  @Column('timestamptz', { nullable: true }) retiredAt!: Date | null;
}
