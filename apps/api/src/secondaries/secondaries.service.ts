import { invalid, notFound } from '@lxdm/domain';
import { SecondariesRepository, SecondaryView, Transactor, TsigKeysRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Act, Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import { permitChange, permitReading } from '../zones/zone-permit';
import type { AddSecondary, Secondary } from './dto/secondary';
import { secondaryAddress } from './secondary-address';

/** Servers that are told of changes and transfer the zones. */
@Injectable()
export class SecondariesService {
  constructor(
    private readonly db: Transactor,
    private readonly secondaries: SecondariesRepository,
    private readonly keys: TsigKeysRepository,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor): Promise<Secondary[]> {
    permitReading(actor);
    return (await this.secondaries.list()).map(secondaryOf);
  }

  async add(actor: Actor, given: AddSecondary): Promise<Secondary> {
    const { name, port = 53, tsigKeyId = null } = given;
    permitChange(actor, 'change-secondaries', actOf('add', null, name));
    const address = secondaryAddress(given.address);
    const key = tsigKeyId === null ? null : await this.keys.find(tsigKeyId);
    if (tsigKeyId !== null && !key) throw invalid('tsigKeyId', 'There is no such key.');
    const id = await this.db.run(async (tx) => {
      const made = await this.secondaries.create(tx, { name, address, port, tsigKeyId });
      await this.audit.record(tx, actor, actOf('add', made, name, { address, port, key: key?.name ?? null }));
      return made;
    });
    const view = await this.secondaries.find(id);
    if (!view) throw notFound('secondary');
    return secondaryOf(view);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    permitChange(actor, 'change-secondaries', actOf('remove', id, ''));
    await this.db.run(async (tx) => {
      const name = await this.secondaries.remove(tx, id);
      if (name === null) throw notFound('secondary');
      await this.audit.record(tx, actor, actOf('remove', id, name));
    });
  }
}

function secondaryOf(view: SecondaryView): Secondary {
  return {
    ...view,
    notifiedAt: view.notifiedAt?.toISOString() ?? null,
    transferredAt: view.transferredAt?.toISOString() ?? null,
    createdAt: view.createdAt.toISOString(),
  };
}

function actOf(verb: string, id: string | null, name: string, detail?: Act['detail']): Act {
  return { action: `secondary.${verb}`, target: { kind: 'secondary', id, name }, ...(detail && { detail }) };
}
