import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { User } from './user.entity';

/** One signed-in browser; only the hash of its token is stored. */
@Entity('sessions')
export class Session {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text', { unique: true }) tokenHash!: string;
  @Index() @Column('uuid') userId!: string;
  @ManyToOne(() => User, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'user_id' }) user!: Relation<User>;
  @Column('text') address!: string;
  @Column('text') userAgent!: string;
  @Column('text', { default: 'password' }) method!: 'password' | 'gitlab';
  /** Until then an admin acts as one; null while they act as an ordinary user. */
  @Column('timestamptz', { nullable: true }) sudoUntil!: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { default: () => 'now()' }) lastSeenAt!: Date;
  @Index() @Column('timestamptz') expiresAt!: Date;
}
