import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { TsigKeyRow } from './tsig-key.entity';

/** A server that is told of changes (NOTIFY, RFC 1996) and may transfer every zone from its address. */
@Entity('secondaries')
@Index(['address', 'port'], { unique: true })
export class Secondary {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('inet') address!: string;
  @Column('integer', { default: 53 }) port!: number;
  /** Signs what goes to it, and must sign what comes from it; null leaves it to the address. */
  @Column('uuid', { nullable: true }) tsigKeyId!: string | null;
  @ManyToOne(() => TsigKeyRow, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'tsig_key_id' })
  tsigKey!: Relation<TsigKeyRow | null>;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;

  // Observed: only the name server writes these.
  /** The serial of the forward zone that it acknowledged last, and when. */
  @Column('bigint', { nullable: true }) notifiedSerial!: string | null;
  @Column('timestamptz', { nullable: true }) notifiedAt!: Date | null;
  /** The serial of the forward zone that it was given last, and when. */
  @Column('bigint', { nullable: true }) transferredSerial!: string | null;
  @Column('timestamptz', { nullable: true }) transferredAt!: Date | null;
  @Column('text', { nullable: true }) error!: string | null;
}
