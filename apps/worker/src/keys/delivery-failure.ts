import type { DeliveryFailure, HostConnection } from '@lxdm/entities';
import { isLxdError } from '@lxdm/lxd-client';
import type { Logger } from '@nestjs/common';
import { faultOf } from '../fault';
import { backoffSeconds } from '../retry';
import { storable } from '../storable';

/** The longest pause before a container is tried again that does not take keys, in seconds. */
const LONGEST_S = 600;
const MOST_WORDS = 500;

/**
 * What a delivery that did not get through means: a container that refuses keys is left alone for longer and longer, one that keeps us
 * waiting likewise; a host that is not to be had is asked again soon.
 * @param host for its name: members of a project are not told where it is
 */
export function failureOf(
  error: unknown,
  attempts: number,
  host: Pick<HostConnection, 'name' | 'url'> | null,
  log: Pick<Logger, 'warn' | 'error'>,
): DeliveryFailure {
  const fault = faultOf(error, log);
  const words = host ? fault.message.replaceAll(host.url, host.name) : fault.message;
  const isContainers = !fault.retryable || isLxdError(error, 'timeout');
  return {
    code: fault.code,
    message: storable(words).slice(0, MOST_WORDS),
    retryInSeconds: isContainers ? Math.min(LONGEST_S, 15 * 2 ** Math.min(attempts, 10)) : backoffSeconds(attempts),
    final: !fault.retryable,
    doubtful: isLxdError(error, 'bad-request'),
  };
}
