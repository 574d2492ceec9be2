import { generateHostKey, HostKeyType, KeyRing, openText, seal } from '@lxdm/crypto';
import type { HostKeyPair } from '@lxdm/domain';
import { ContainerWork, ContainerWorkRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';

const TYPES: readonly HostKeyType[] = ['ed25519', 'ecdsa', 'rsa'];

/** A container's SSH host keys: made once, kept sealed, so that the container keeps its identity through a rebuild or a move. */
@Injectable()
export class HostKeys {
  constructor(
    private readonly containers: ContainerWorkRepository,
    private readonly ring: KeyRing,
  ) {}

  /** The container's host keys; those that it lacks are made and stored first. */
  async of(work: ContainerWork, fence: number): Promise<HostKeyPair[]> {
    const stored = await this.containers.hostKeys(work.id);
    const lacking = TYPES.filter((type) => !stored.some((key) => key.type === type));
    if (lacking.length > 0) {
      const made = await Promise.all(lacking.map((type) => generateHostKey(type, work.name)));
      await this.containers.addHostKeys(
        work,
        fence,
        made.map((key) => ({
          type: key.type,
          publicKey: key.publicKey,
          privateKeySealed: seal(this.ring, contextOf(work.id, key.type), key.privateKey),
          fingerprint: key.fingerprint,
        })),
      );
    }
    const keys = lacking.length > 0 ? await this.containers.hostKeys(work.id) : stored;
    return keys.map((key) => ({
      type: key.type,
      publicKey: key.publicKey,
      privateKey: openText(this.ring, contextOf(work.id, key.type), key.privateKeySealed),
    }));
  }
}

/** What a sealed host key is bound to: moved to another row it does not open. */
function contextOf(containerId: string, type: HostKeyType): { table: string; column: string; row: string } {
  return { table: 'ssh_host_keys', column: 'private_key_sealed', row: `${containerId}/${type}` };
}
