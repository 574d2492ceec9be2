import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Relation } from 'typeorm';
import { Container } from './container.entity';

/** One of a container's SSH host keys; the private part is sealed for exactly this row. */
@Entity('ssh_host_keys')
export class HostKey {
  @PrimaryColumn('uuid') containerId!: string;
  @PrimaryColumn('text') type!: 'ed25519' | 'ecdsa' | 'rsa';
  @ManyToOne(() => Container, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'container_id' })
  container!: Relation<Container>;
  @Column('text') publicKey!: string;
  @Column('text') privateKeySealed!: string;
  @Column('text') fingerprint!: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}
