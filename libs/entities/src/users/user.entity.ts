import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person who may sign in. */
@Entity('users')
export class User {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') username!: string;
  /** The username in lower case: names are unique without regard to case. */
  @Column('text', { unique: true }) usernameKey!: string;
  @Column('text', { default: '' }) displayName!: string;
  /** argon2id; null for people who sign in elsewhere. */
  @Column('text', { nullable: true }) passwordHash!: string | null;
  /** A service signs in by token only, and belongs to one project. */
  @Column('text', { default: 'person' }) kind!: 'person' | 'service';
  /** May act as an admin while sudo is on. */
  @Column('boolean', { default: false }) isAdmin!: boolean;
  @Column('timestamptz', { nullable: true }) approvedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) blockedAt!: Date | null;
  /** GitLab says that the account is blocked or gone; the worker writes it, and a sign-in by GitLab that says otherwise clears it. */
  @Column('timestamptz', { nullable: true }) gitlabBlockedAt!: Date | null;
  /** Why an admin approved or blocked the account, in the admin's words. */
  @Column('text', { default: '' }) statusReason!: string;
  /** When a session or a token of theirs was in use last, to the minute. */
  @Column('timestamptz', { nullable: true }) lastSeenAt!: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}
