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
  @Column('boolean', { default: false }) isAdmin!: boolean;
  @Column('timestamptz', { nullable: true }) approvedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) blockedAt!: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}
