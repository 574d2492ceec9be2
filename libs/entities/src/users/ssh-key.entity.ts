import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { User } from './user.entity';

/** An SSH public key of a user: pasted into the profile, or read from GitLab. */
@Entity('ssh_keys')
@Index(['userId', 'source', 'fingerprint'], { unique: true })
export class SshKey {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') userId!: string;
  @ManyToOne(() => User, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'user_id' }) user!: Relation<User>;
  @Column('text', { default: 'profile' }) source!: 'profile' | 'gitlab';
  @Column('text') type!: string;
  @Column('text') publicKey!: string;
  @Column('text') comment!: string;
  @Column('text') fingerprint!: string;
  /** GitLab lets keys end. */
  @Column('timestamptz', { nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}
