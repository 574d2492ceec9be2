import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Relation } from 'typeorm';
import { User } from '../users/user.entity';
import { Project } from './project.entity';

/** What a member may do in a project. */
export type MemberRole = 'owner' | 'operator' | 'viewer';

/** A user's place in a project. */
@Entity('members')
export class Member {
  @PrimaryColumn('uuid') projectId!: string;
  @Index() @PrimaryColumn('uuid') userId!: string;
  @ManyToOne(() => Project, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'project_id' }) project!: Relation<Project>;
  @ManyToOne(() => User, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'user_id' }) user!: Relation<User>;
  @Column('text') role!: MemberRole;
  /** Who said so: an owner of the project, or the GitLab group that it is bound to. */
  @Column('text', { default: 'manual' }) source!: 'manual' | 'gitlab';
}
