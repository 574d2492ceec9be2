import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What kind of thing changed. */
export type ChangeKind = 'container' | 'operation' | 'host' | 'project' | 'user' | 'zone';

/** One entry of the change feed: which thing changed, never how; whoever cares reads the thing. */
@Entity('changes')
export class Change {
  @PrimaryColumn('bigint', { generated: 'increment' }) seq!: string;
  @Column('text') kind!: ChangeKind;
  @Column('uuid') entityId!: string;
  /** Who may hear of it when the thing itself is gone. */
  @Column('uuid', { nullable: true }) projectId!: string | null;
  @Index() @Column('timestamptz', { default: () => 'now()' }) at!: Date;
}
