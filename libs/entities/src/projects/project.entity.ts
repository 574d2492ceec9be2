import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A team of users that owns containers. */
@Entity('projects')
export class Project {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text', { unique: true }) nameKey!: string;
  @Column('text', { default: '' }) description!: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  /** The GitLab group whose members are the project's, if it is bound to one. */
  @Column('text', { nullable: true }) gitlabIssuer!: string | null;
  @Column('bigint', { nullable: true }) gitlabGroupId!: string | null;
  @Column('text', { nullable: true }) gitlabGroupPath!: string | null;
  @Column('timestamptz', { nullable: true }) gitlabSyncedAt!: Date | null;
  @Column('text', { nullable: true }) gitlabError!: string | null;
  @Column('timestamptz', { nullable: true }) gitlabNextSyncAt!: Date | null;
  /** Since when GitLab says that there is no such group; only its word counts, never its silence. */
  @Column('timestamptz', { nullable: true }) gitlabMissingSince!: Date | null;
  @Column('integer', { default: 0 }) gitlabAttempts!: number;
  @Column('integer', { default: 0 }) gitlabLeaseFence!: number;
  @Column('timestamptz', { nullable: true }) gitlabLeaseUntil!: Date | null;
}
