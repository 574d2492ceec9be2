import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { User } from '../users/user.entity';

/** A user's account in a GitLab: known by issuer and number, never by its name. The tokens are sealed. */
@Entity('gitlab_accounts')
@Index(['issuer', 'gitlabId'], { unique: true })
export class GitlabAccount {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid', { unique: true }) userId!: string;
  @ManyToOne(() => User, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'user_id' }) user!: Relation<User>;
  /** The base URL of the GitLab, with a slash at its end. */
  @Column('text') issuer!: string;
  @Column('bigint') gitlabId!: string;
  @Column('text') username!: string;
  @Column('text', { nullable: true }) accessTokenSealed!: string | null;
  @Column('text', { nullable: true }) refreshTokenSealed!: string | null;
  @Column('timestamptz', { nullable: true }) tokenExpiresAt!: Date | null;
  /** What GitLab said last; its silence changes nothing. */
  @Column('text', { default: 'active' }) state!: 'active' | 'blocked' | 'gone';
  @Column('text', { nullable: true }) keysEtag!: string | null;
  /** Which of the keys were left out when they were read last, and why. */
  @Column('text', { nullable: true }) keysNote!: string | null;
  @Column('timestamptz', { nullable: true }) syncedAt!: Date | null;
  @Column('text', { nullable: true }) syncError!: string | null;
  @Index() @Column('timestamptz', { default: () => 'now()' }) nextSyncAt!: Date;
  @Column('integer', { default: 0 }) attempts!: number;
  @Column('integer', { default: 0 }) leaseFence!: number;
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
}
