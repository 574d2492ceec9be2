import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event of a host that is in the audit log already: every worker hears it, one writes it down. Kept for a day. */
@Entity('heard_events')
export class HeardEvent {
  @PrimaryColumn('text') key!: string;
  @Index() @Column('timestamptz', { default: () => 'now()' }) at!: Date;
}
