import { parseSshPublicKey, SshKeyError, SshPublicKey } from '@lxdm/crypto';
import { invalid, notFound } from '@lxdm/domain';
import { SshKey as StoredKey, SshKeysRepository, Transactor } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import type { Actor } from '../session/actor';
import type { AddSshKey, SshKey } from './dto/ssh-key';
import { mayOnProfile, ProfileAction } from './profile.policy';

/** The SSH keys of the actor's own profile: nobody can name another's. */
@Injectable()
export class SshKeysService {
  constructor(
    private readonly db: Transactor,
    private readonly keys: SshKeysRepository,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor): Promise<SshKey[]> {
    permit(actor, 'read-ssh-keys');
    return (await this.keys.listOf(actor.userId)).map(sshKeyOf);
  }

  async add(actor: Actor, given: AddSshKey): Promise<SshKey> {
    permit(actor, 'change-ssh-keys');
    const { type, line, comment, fingerprint } = parsed(given.publicKey);
    return this.db.run(async (tx) => {
      const key = await this.keys.add(tx, { userId: actor.userId, type, publicKey: line, comment, fingerprint });
      const target = { kind: 'ssh-key', id: key.id, name: comment };
      await this.audit.record(tx, actor, { action: 'ssh-key.add', target, detail: { type, fingerprint } });
      return sshKeyOf(key);
    });
  }

  async remove(actor: Actor, id: string): Promise<void> {
    permit(actor, 'change-ssh-keys');
    await this.db.run(async (tx) => {
      const key = await this.keys.remove(tx, actor.userId, id);
      if (!key) throw notFound('SSH key');
      const target = { kind: 'ssh-key', id, name: key.comment };
      const { fingerprint } = key;
      await this.audit.record(tx, actor, { action: 'ssh-key.remove', target, detail: { fingerprint } });
    });
  }
}

function permit(actor: Actor, action: ProfileAction): void {
  if (mayOnProfile(actor, action)) return;
  const target = { kind: 'user', id: actor.userId, name: actor.username };
  throw new Refusal('A service has no SSH keys: people do.', { action: `profile.${action}`, target });
}

function parsed(text: string): SshPublicKey {
  try {
    return parseSshPublicKey(text);
  } catch (error) {
    if (error instanceof SshKeyError) throw invalid('publicKey', error.message);
    throw error;
  }
}

function sshKeyOf(key: StoredKey): SshKey {
  const { id, type, comment, fingerprint, publicKey, source } = key;
  return {
    id,
    type,
    comment,
    fingerprint,
    publicKey,
    source,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
  };
}
