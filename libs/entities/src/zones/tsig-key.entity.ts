import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A secret shared with a client of the name server (RFC 8945) and what it opens; the secret is sealed for exactly this row. */
@Entity('tsig_keys')
export class TsigKeyRow {
  @PrimaryGeneratedColumn('uuid') id!: string;
  /** Absolute, in lower case, with its final dot. */
  @Column('text', { unique: true }) name!: string;
  @Column('text') algorithm!: 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512';
  @Column('text') secretSealed!: string;
  /** Names that it may update (RFC 2136): absolute, in lower case; `*.` in front means the name's whole subtree without itself. */
  @Column('text', { array: true, default: '{}' }) updateNames!: string[];
  /** Types that it may update, by their mnemonics; empty for all that can be stored. */
  @Column('text', { array: true, default: '{}' }) updateTypes!: string[];
  /** Whether zones may be transferred with it (AXFR, IXFR). */
  @Column('boolean', { default: false }) mayTransfer!: boolean;
  @Column('uuid', { nullable: true }) createdById!: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  /** Written by the name server, at most once a minute. */
  @Column('timestamptz', { nullable: true }) lastUsedAt!: Date | null;
}
