import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One bump of the zones' serial: which names may answer differently since. */
@Entity('zone_journal')
export class ZoneJournalEntry {
  @PrimaryColumn('bigint', { generated: 'increment' }) id!: string;
  /** Owner names: without a final dot a container's, under the forward zone; null when any name may have changed. */
  @Column('text', { array: true, nullable: true }) owners!: string[] | null;
  @Index() @Column('timestamptz', { default: () => 'now()' }) at!: Date;
}
