import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sign-in state that came back from GitLab: it opens nothing a second time. Only its hash is kept, until it would have expired anyway. */
@Entity('spent_states')
export class SpentState {
  @PrimaryColumn('text') stateHash!: string;
  @Index() @Column('timestamptz') expiresAt!: Date;
}
