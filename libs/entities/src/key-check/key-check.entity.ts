import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row a key ring: a sealed known text that only the right key ring opens, so that a wrong one is found at start and not at the first secret. */
@Entity('key_check')
export class KeyCheck {
  @PrimaryColumn('smallint', { default: 1 }) id!: number;
  @Column('text') canary!: string;
}
