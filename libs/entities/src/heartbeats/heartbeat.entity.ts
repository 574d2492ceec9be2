import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A process that says it is alive. */
@Entity('heartbeats')
export class Heartbeat {
  /** Process name and instance. */
  @PrimaryColumn('text') process!: string;
  @PrimaryColumn('text') instance!: string;
  @Column('timestamptz', { default: () => 'now()' }) at!: Date;
  @Column('text', { nullable: true }) problem!: string | null;
}
