import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, Relation } from 'typeorm';
import { Container } from '../containers/container.entity';
import { User } from '../users/user.entity';
import { Zone } from './zone.entity';

/** A name whose values programs set: a line of a zone file with one %s. A container's own entry is its _acme-challenge. */
@Entity('dynamic_entries')
@Index(['zone', 'owner'])
export class DynamicEntry {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') zone!: string;
  @ManyToOne(() => Zone, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'zone' }) zoneRow!: Relation<Zone>;
  @Column('text') title!: string;
  /** One line of zone-file text with one %s in its data. */
  @Column('text') template!: string;
  /** The template's owner name, absolute and in lower case; its type's number; its TTL in seconds. */
  @Column('text') owner!: string;
  @Column('integer') type!: number;
  @Column('integer') ttl!: number;
  /** Whose members own the entry; such an entry goes with its container. */
  @Index({ unique: true, where: 'container_id IS NOT NULL' })
  @Column('uuid', { nullable: true })
  containerId!: string | null;
  @ManyToOne(() => Container, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'container_id' })
  container!: Relation<Container | null>;
  /** Networks from which values may be set, for everybody; empty for all. */
  @Column('cidr', { array: true, default: '{}' }) networks!: string[];
  @Column('uuid', { nullable: true }) createdById!: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt!: Date;
}

/** Somebody who may set the values of a dynamic entry. */
@Entity('dynamic_entry_owners')
export class DynamicEntryOwner {
  @PrimaryColumn('uuid') entryId!: string;
  @Index() @PrimaryColumn('uuid') userId!: string;
  @ManyToOne(() => DynamicEntry, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'entry_id' })
  entry!: Relation<DynamicEntry>;
  @ManyToOne(() => User, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'user_id' }) user!: Relation<User>;
}

/** A token that may set the values of one entry and do nothing else; only its hash is stored. */
@Entity('dynamic_tokens')
export class DynamicToken {
  /** Also the user name where a client needs one (acme-dns, httpreq). */
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Index() @Column('uuid') entryId!: string;
  @ManyToOne(() => DynamicEntry, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'entry_id' })
  entry!: Relation<DynamicEntry>;
  @Column('text') name!: string;
  @Column('text', { unique: true }) tokenHash!: string;
  @Column('cidr', { array: true, default: '{}' }) networks!: string[];
  @Column('timestamptz', { nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { nullable: true }) lastUsedAt!: Date | null;
  @Column('text', { nullable: true }) lastUsedAddress!: string | null;
  @Column('uuid', { nullable: true }) createdById!: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}
