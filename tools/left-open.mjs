// @ts-check
/** What keeps a process of tests from ending, said where a person looks for it. */
import { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

/** How long what is being closed may take before it counts as left open. */
const PATIENCE_MS = 5_000;

/** Says what is still open a while from now, if the process is still there then. */
export function tellWhatIsLeftOpen() {
  setTimeout(() => {
    const own = [process.stdin, process.stdout, process.stderr];
    const open = handles().filter((handle) => !own.some((stream) => stream === handle));
    console.error(`still open: ${[...open.map(described), ...process.getActiveResourcesInfo()].join('; ')}`);
  }, PATIENCE_MS).unref();
}

/** Node has no public list of them that tells one socket from another. @returns {object[]} */
function handles() {
  const list = /** @type {{_getActiveHandles?: () => object[]}} */ (/** @type {unknown} */ (process))._getActiveHandles;
  return list?.call(process) ?? [];
}

/** @param {object} handle */
function described(handle) {
  if (handle instanceof ChildProcess) return `process ${handle.pid}: ${handle.spawnargs.join(' ')}`;
  if (handle instanceof Socket)
    return `socket ${handle.localAddress}:${handle.localPort} to ${handle.remoteAddress}:${handle.remotePort}`;
  const address = /** @type {{address?: () => unknown}} */ (handle).address;
  return `${handle.constructor.name} ${JSON.stringify(typeof address === 'function' ? address.call(handle) : {})}`;
}
