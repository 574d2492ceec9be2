import { DynamicTokensRepository, SessionsRepository, TokensRepository } from '@lxdm/entities';
import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';

/** Notes that sessions and tokens are in use, beside the requests that they make: no request waits for it or fails by it. */
@Injectable()
export class LastSeen implements BeforeApplicationShutdown {
  private readonly log = new Logger(LastSeen.name);
  private readonly pending = new Map<string, Promise<void>>();

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokensRepository,
    private readonly entryTokens: DynamicTokensRepository,
  ) {}

  session(id: string): void {
    this.once(id, () => this.sessions.seen(id));
  }

  token(id: string, address: string | null): void {
    this.once(id, () => this.tokens.seen(id, address));
  }

  entryToken(id: string, address: string | null): void {
    this.once(id, () => this.entryTokens.seen(id, address));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.pending.values());
  }

  private once(id: string, write: () => Promise<void>): void {
    if (this.pending.has(id)) return;
    const done = write()
      .catch((error: unknown) =>
        this.log.warn(`last use is not noted: ${error instanceof Error ? error.message : String(error)}`),
      )
      .finally(() => this.pending.delete(id));
    this.pending.set(id, done);
  }
}
