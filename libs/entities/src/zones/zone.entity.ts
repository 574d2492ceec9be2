import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A zone that we are the authority for, and its SOA serial (RFC 1982). */
@Entity('zones')
export class Zone {
  @PrimaryColumn('text') name!: string;
  @Column('bigint', { default: 1, transformer: { to: (v: number) => v, from: (v: string) => Number(v) } })
  serial!: number;
}
