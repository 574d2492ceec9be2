import { randomUUID } from 'node:crypto';
import { seal } from '@lxdm/crypto';
import { DomainError, notFound } from '@lxdm/domain';
import { Transactor, TsigKeysRepository, TsigKeyView } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Act, Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import { absoluteNameOf } from '../zones/absolute-name';
import { permitChange, permitReading } from '../zones/zone-permit';
import type { ChangeTsigKey, CreatedTsigKey, CreateTsigKey, TsigKey } from './dto/tsig-key';
import { rightsOf, secretOf } from './wanted-key';

/** Secrets shared with clients of the name server; each is told once, and opened by nobody but the name server. */
@Injectable()
export class TsigKeysService {
  constructor(
    private readonly db: Transactor,
    private readonly keys: TsigKeysRepository,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'dnsKeyRing'>,
  ) {}

  async list(actor: Actor): Promise<TsigKey[]> {
    permitReading(actor);
    return (await this.keys.list()).map(tsigKeyOf);
  }

  async create(actor: Actor, given: CreateTsigKey): Promise<CreatedTsigKey> {
    permitChange(actor, 'change-secondaries', actOf('create', null, given.name));
    const name = absoluteNameOf('name', given.name);
    const { algorithm = 'hmac-sha256' } = given;
    const secret = secretOf(given.secret);
    const rights = rightsOf(given);
    const id = randomUUID();
    const secretSealed = seal(this.settings.dnsKeyRing, { table: 'tsig_keys', column: 'secret', row: id }, secret);
    await this.db.run(async (tx) => {
      await this.keys.create(tx, { id, name, algorithm, secretSealed, createdById: actor.userId, ...rights });
      await this.audit.record(tx, actor, actOf('create', id, name, { algorithm, ...rights }));
    });
    return { key: await this.read(id), secret: secret.toString('base64') };
  }

  async change(actor: Actor, id: string, given: ChangeTsigKey): Promise<TsigKey> {
    permitChange(actor, 'change-secondaries', actOf('change', id, ''));
    const rights = rightsOf(given);
    await this.db.run(async (tx) => {
      const name = await this.keys.setRights(tx, id, rights);
      if (name === null) throw notFound('key');
      await this.audit.record(tx, actor, actOf('change', id, name, { ...rights }));
    });
    return this.read(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    permitChange(actor, 'change-secondaries', actOf('remove', id, ''));
    await this.db.run(async (tx) => {
      const removed = await this.keys.remove(tx, id);
      if (!removed) throw notFound('key');
      if ('usedBy' in removed)
        throw new DomainError('conflict', `The secondary "${removed.usedBy}" signs with this key: remove it first.`);
      await this.audit.record(tx, actor, actOf('remove', id, removed.name));
    });
  }

  private async read(id: string): Promise<TsigKey> {
    const view = await this.keys.find(id);
    if (!view) throw notFound('key');
    return tsigKeyOf(view);
  }
}

function tsigKeyOf(view: TsigKeyView): TsigKey {
  return { ...view, createdAt: view.createdAt.toISOString(), lastUsedAt: view.lastUsedAt?.toISOString() ?? null };
}

function actOf(verb: string, id: string | null, name: string, detail?: Act['detail']): Act {
  return { action: `tsig-key.${verb}`, target: { kind: 'tsig-key', id, name }, ...(detail && { detail }) };
}
