import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A team of users that owns containers. */
@Entity('projects')
export class Project {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text', { unique: true }) nameKey!: string;
  @Column('text', { default: '' }) description!: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}
