import { newToken } from '@lxdm/crypto';
import { DomainError, invalid, notFound } from '@lxdm/domain';
import {
  DynamicEntriesRepository,
  DynamicEntryView,
  DynamicTokensRepository,
  DynamicTokenView,
  MAX_DYNAMIC_TOKENS,
  Transactor,
} from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { networksOf } from '../profile/networks';
import type { Actor } from '../session/actor';
import { ENTRY_TOKEN_PREFIX } from '../session/entry-token';
import type { CreateEntryToken } from './dto/change-dynamic-entry';
import type { CreatedEntryToken, EntryToken } from './dto/dynamic-entry';
import { EntryAccess } from './entry-access';
import { entryTokenOf } from './entry-mapping';

/** Tokens that set one entry and do nothing else. */
@Injectable()
export class EntryTokensService {
  constructor(
    private readonly db: Transactor,
    private readonly entries: DynamicEntriesRepository,
    private readonly tokens: DynamicTokensRepository,
    private readonly access: EntryAccess,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor, id: string): Promise<EntryToken[]> {
    await this.access.find(actor, id, 'read-tokens', 'list-tokens');
    return (await this.tokens.listOf(id)).map(entryTokenOf);
  }

  async create(actor: Actor, id: string, given: CreateEntryToken): Promise<CreatedEntryToken> {
    const entry = await this.access.find(actor, id, 'change-tokens', 'create-token');
    const { token, details } = await this.make(actor, entry, given);
    return { token, details: entryTokenOf(details) };
  }

  /** A token of an entry that the actor may set. @throws DomainError `conflict` when there are too many */
  async make(
    actor: Actor,
    { id, owner, projectId }: DynamicEntryView,
    given: CreateEntryToken,
  ): Promise<{ token: string; details: DynamicTokenView }> {
    const networks = networksOf(given.networks ?? []);
    const expiresAt = given.expiresAt === undefined ? null : new Date(given.expiresAt);
    if (expiresAt && !(expiresAt.getTime() > Date.now())) throw invalid('expiresAt', 'This moment is over already.');
    const { token, hash: tokenHash } = newToken(ENTRY_TOKEN_PREFIX);
    const { name } = given;
    const details = await this.db.run(async (tx) => {
      if (!(await this.entries.lock(tx, id))) throw notFound('entry');
      const wanted = { entryId: id, name, tokenHash, networks, expiresAt, createdById: actor.userId };
      const made = await this.tokens.create(tx, wanted);
      if (!made) throw new DomainError('conflict', `There is room for ${MAX_DYNAMIC_TOKENS} tokens; revoke one first.`);
      await this.audit.record(tx, actor, {
        action: 'token.create',
        target: { kind: 'token', id: made.id, name },
        projectId,
        detail: { of: owner, networks, expiresAt: expiresAt?.toISOString() ?? null },
      });
      return made;
    });
    return { token, details };
  }

  async revoke(actor: Actor, id: string, tokenId: string): Promise<void> {
    const { owner, projectId } = await this.access.find(actor, id, 'change-tokens', 'revoke-token');
    await this.db.run(async (tx) => {
      const revoked = await this.tokens.revoke(tx, id, tokenId);
      if (!revoked) throw notFound('token');
      await this.audit.record(tx, actor, {
        action: 'token.revoke',
        target: { kind: 'token', id: tokenId, name: revoked.name },
        projectId,
        detail: { of: owner },
      });
    });
  }
}
