import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The zone of the containers' names, or one that tells the names of a subnet's addresses. */
export type ZoneKind = 'forward' | 'reverse';

/** A zone that we are the authority for, and its SOA serial (RFC 1982): every bump is all zones', so that one number tells a state. */
@Entity('zones')
export class Zone {
  /** Absolute, in lower case, with its final dot. */
  @PrimaryColumn('text') name!: string;
  @Column('text', { default: 'forward' }) kind!: ZoneKind;
  /** The subnet of a reverse zone. */
  @Column('cidr', { nullable: true, unique: true }) cidr!: string | null;
  @Column('boolean', { default: false }) dnssec!: boolean;
  @Column('bigint', { default: 1, transformer: { to: (v: number) => v, from: (v: string) => Number(v) } })
  serial!: number;
}
