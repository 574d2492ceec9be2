import { newToken } from '@lxdm/crypto';
import { DomainError, invalid, notFound } from '@lxdm/domain';
import { MAX_TOKENS, TokensRepository, TokenView, Transactor } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import { SessionEndings } from '../session/session-endings';
import type { CreatedToken, CreateToken, Token } from './dto/token';
import { networksOf } from './networks';

/** Whose token it is, and in which project's log it stands. */
export interface TokenOwner {
  id: string;
  username: string;
  projectId: string | null;
}

/** Makes and revokes tokens, of people and of services; who may do it for whom is decided before. */
@Injectable()
export class TokensService {
  constructor(
    private readonly db: Transactor,
    private readonly tokens: TokensRepository,
    private readonly endings: SessionEndings,
    private readonly audit: Audit,
  ) {}

  async list(ownerId: string): Promise<Token[]> {
    return (await this.tokens.listOf(ownerId)).map(tokenOf);
  }

  /** @throws DomainError `conflict` when there are too many */
  async create(actor: Actor, owner: TokenOwner, given: CreateToken): Promise<CreatedToken> {
    const { name, scope } = given;
    const networks = networksOf(given.networks ?? []);
    const expiresAt = given.expiresAt === undefined ? null : new Date(given.expiresAt);
    if (expiresAt && !(expiresAt.getTime() > Date.now())) throw invalid('expiresAt', 'This moment is over already.');
    const { token, hash: tokenHash } = newToken('lxdmt');
    const wanted = { tokenHash, userId: owner.id, name, scope, networks, expiresAt, createdById: actor.userId };
    const details = await this.db.run(async (tx) => {
      const made = await this.tokens.create(tx, wanted);
      if (!made) throw new DomainError('conflict', `There is room for ${MAX_TOKENS} tokens; revoke one first.`);
      await this.audit.record(tx, actor, {
        action: 'token.create',
        target: { kind: 'token', id: made.id, name },
        projectId: owner.projectId,
        detail: { of: owner.username, scope, networks, expiresAt: expiresAt?.toISOString() ?? null },
      });
      return made;
    });
    return { token, details: tokenOf(details) };
  }

  /** @throws DomainError `not-found` */
  async revoke(actor: Actor, owner: TokenOwner, id: string): Promise<void> {
    await this.db.run(async (tx) => {
      const revoked = await this.tokens.revoke(tx, owner.id, id);
      if (!revoked) throw notFound('token');
      await this.audit.record(tx, actor, {
        action: 'token.revoke',
        target: { kind: 'token', id, name: revoked.name },
        projectId: owner.projectId,
        detail: { of: owner.username },
      });
    });
    this.endings.end([id]);
  }
}

function tokenOf(view: TokenView): Token {
  const { id, name, scope, networks, lastUsedAddress, createdBy, state } = view;
  return {
    id,
    name,
    scope,
    networks,
    expiresAt: view.expiresAt?.toISOString() ?? null,
    lastUsedAt: view.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress,
    createdAt: view.createdAt.toISOString(),
    createdBy,
    state,
  };
}
