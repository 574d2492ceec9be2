import { hashToken } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { DynamicTokensRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { AuditActor } from '../audit/audit.service';
import { markOf } from './actor-finder';
import { AttemptLimiter, networkOf } from './attempt-limiter';
import { LastSeen } from './last-seen';
import { inetOf } from './request-address';

/** What the secrets of entries' tokens begin with. */
export const ENTRY_TOKEN_PREFIX = 'lxdme';

/** A program with the token of a dynamic entry: it may set that entry, and do nothing else. */
export interface EntryTokenCaller extends AuditActor {
  entryId: string;
}

/** Whether a token says of itself that it is an entry's. */
export function isEntryToken(token: string): boolean {
  return token.startsWith(`${ENTRY_TOKEN_PREFIX}_`);
}

const WINDOW_MS = 10 * 60_000;
const LIMIT = 100;

/** Finds out what the tokens of dynamic entries open. */
@Injectable()
export class EntryTokens {
  private readonly failures = new AttemptLimiter(LIMIT, WINDOW_MS);

  constructor(
    private readonly tokens: DynamicTokensRepository,
    private readonly lastSeen: LastSeen,
  ) {}

  /**
   * Counts an attempt of the request's network; the returned function takes it back when the token was good.
   * @throws DomainError `rate-limited`
   */
  take(request: Request): () => void {
    const network = networkOf(request.ip ?? '');
    const seconds = this.failures.take(network);
    if (seconds > 0)
      throw new DomainError('rate-limited', 'Too many tokens from your network opened nothing.', [], seconds);
    return () => this.failures.refund(network);
  }

  /**
   * @param id where the client names its token beside the secret
   * @throws DomainError `unauthenticated` for every token that does not open anything from there
   */
  async open(request: Request, token: string, id: string | undefined): Promise<EntryTokenCaller> {
    const address = inetOf(request.ip);
    const found = await this.tokens.findLive(hashToken(token), address);
    if (!found || (id !== undefined && id !== found.id))
      throw new DomainError('unauthenticated', 'This token does not open anything from here.');
    if (found.unseen) this.lastSeen.entryToken(found.id, address);
    return {
      ...markOf(request),
      userId: null,
      username: `token ${found.name}`,
      means: 'token',
      tokenId: found.id,
      isAdmin: false,
      entryId: found.entryId,
    };
  }
}
