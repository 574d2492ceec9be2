import { parseSshPublicKey, SshKeyError, SshPublicKey } from '@lxdm/crypto';
import { invalid, notFound } from '@lxdm/domain';
import { SshKey as StoredKey, SshKeysRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../session/actor';
import type { AddSshKey, SshKey } from './dto/ssh-key';

/** The SSH keys of the actor's own profile: nobody can name another's. */
@Injectable()
export class SshKeysService {
  constructor(private readonly keys: SshKeysRepository) {}

  async list(actor: Actor): Promise<SshKey[]> {
    return (await this.keys.listOf(actor.userId)).map(sshKeyOf);
  }

  async add(actor: Actor, given: AddSshKey): Promise<SshKey> {
    const { type, line, comment, fingerprint } = parsed(given.publicKey);
    return sshKeyOf(await this.keys.add({ userId: actor.userId, type, publicKey: line, comment, fingerprint }));
  }

  async remove(actor: Actor, id: string): Promise<void> {
    if (!(await this.keys.remove(actor.userId, id))) throw notFound('SSH key');
  }
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
  const { id, type, comment, fingerprint, publicKey } = key;
  return { id, type, comment, fingerprint, publicKey, createdAt: key.createdAt.toISOString() };
}
