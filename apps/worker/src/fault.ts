import { isPassingDatabaseFault } from '@lxdm/entities';
import { isLxdError } from '@lxdm/lxd-client';
import type { Logger } from '@nestjs/common';

/** Why work did not get through, in words for whoever asked for it. */
export interface Fault {
  code: string;
  message: string;
  /** Whether trying again may help; an operation ends by its time limit in any case. */
  retryable: boolean;
  /** The step that the operation shows until the next try. */
  step: string;
}

/** What an error is: of the host, of our database, or, unforeseen, of the manager itself; what is ours goes to the log too. */
export function faultOf(error: unknown, log: Pick<Logger, 'warn' | 'error'>): Fault {
  if (isLxdError(error))
    return { code: error.kind, message: error.message, retryable: error.retryable, step: 'Wait for the host' };
  if (isPassingDatabaseFault(error)) {
    log.warn(`The database did not serve: ${error instanceof Error ? error.message : String(error)}`);
    return {
      code: 'database',
      message: "The manager's database did not answer in time.",
      retryable: true,
      step: 'Wait for the database',
    };
  }
  log.error(error);
  return {
    code: 'server',
    message: 'A fault of the manager itself; the log of its worker tells more.',
    retryable: true,
    step: 'Try again',
  };
}
