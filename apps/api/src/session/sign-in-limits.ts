import { DomainError, nameKey } from '@lxdm/domain';
import { Injectable } from '@nestjs/common';
import { AttemptLimiter, networkOf } from './attempt-limiter';

const WINDOW_MS = 10 * 60_000;

/**
 * How often somebody may be wrong about a password, in this process: per network, and per name and network. A name alone has a far
 * higher limit, so that a stranger cannot keep its owner out with a few requests.
 */
@Injectable()
export class SignInLimits {
  private readonly pairs = new AttemptLimiter(10, WINDOW_MS);
  private readonly names = new AttemptLimiter(300, WINDOW_MS);
  private readonly networks = new AttemptLimiter(40, WINDOW_MS);

  /**
   * Counts an attempt; the returned function takes it back when the password was right.
   * @throws DomainError `rate-limited`
   */
  take(username: string, address: string): () => void {
    const network = networkOf(address);
    const name = nameKey(username);
    refuse(this.networks.take(network));
    const pair = `${network} ${name}`;
    refuse(this.pairs.take(pair));
    refuse(this.names.take(name));
    return () => {
      this.networks.refund(network);
      this.pairs.refund(pair);
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
