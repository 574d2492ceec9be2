import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A public network that hosts are attached to: what it contains may be published. */
@Entity('subnets')
export class SubnetEntity {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('cidr', { unique: true }) cidr!: string;
  @Column('smallint') family!: 4 | 6;
}
