// @ts-check
/** dnsperf (Debian's package of that name) on the client's core. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CLIENT_CORE } from './pinned.mjs';

/** @typedef {{perSecond: number, sent: number, lost: number, microseconds: number, rcodes: string}} Load */

/** Asks as fast as answers come. @param {number} port @param {string} questions their file @param {number} seconds @returns {Promise<Load>} */
export async function dnsperf(port, questions, seconds) {
  const { stdout } = await promisify(execFile)('taskset', [
    ...['-c', String(CLIENT_CORE), 'dnsperf', '-s', '127.0.0.1', '-p', String(port), '-d', questions],
    ...['-e', '-l', String(seconds), '-q', '100', '-t', '5'],
  ]);
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(stdout)?.[1] ?? NaN);
  return {
    perSecond: number(/Queries per second:\s+([\d.]+)/),
    sent: number(/Queries sent:\s+(\d+)/),
    lost: number(/Queries lost:\s+(\d+)/),
    microseconds: number(/Average Latency \(s\):\s+([\d.]+)/) * 1e6,
    rcodes: /Response codes:\s+(.+)/.exec(stdout)?.[1] ?? '',
  };
}
