import { DomainError, nameKey } from '@lxdm/domain';
import { Injectable } from '@nestjs/common';
import { AttemptLimiter, networkOf } from './attempt-limiter';

const WINDOW_MS = 10 * 60_000;

/** How often somebody may be wrong about a password: per name and per network, in this process. */
@Injectable()
export class SignInLimits {
  private readonly names = new AttemptLimiter(10, WINDOW_MS);
  private readonly networks = new AttemptLimiter(40, WINDOW_MS);

  /**
   * Counts an attempt; the returned function takes it back when the password was right.
   * @throws DomainError `rate-limited`
   */
  take(username: string, address: string): () => void {
    const network = networkOf(address);
    const name = nameKey(username);
    refuse(this.networks.take(network));
    refuse(this.names.take(name));
    return () => {
      this.networks.refund(network);
      this.names.refund(name);
    };
  }
}

function refuse(seconds: number): void {
  if (seconds > 0)
    throw new DomainError(
      'rate-limited',
      `Too many attempts to sign in. Try again in ${Math.ceil(seconds / 60)} min.`,
      [],
      seconds,
    );
}
