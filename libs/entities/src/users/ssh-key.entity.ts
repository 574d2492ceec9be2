import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { User } from './user.entity';

/** An SSH public key that a user pasted into their profile. */
@Entity('ssh_keys')
@Index(['userId', 'fingerprint'], { unique: true })
export class SshKey {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') userId!: string;
  @ManyToOne(() => User, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'user_id' }) user!: Relation<User>;
  @Column('text') type!: string;
  @Column('text') publicKey!: string;
  @Column('text') comment!: string;
  @Column('text') fingerprint!: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}
