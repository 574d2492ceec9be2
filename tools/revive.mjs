// @ts-check
/** Starts a database or a Redis again that ended although nobody asked it to (killed, out of memory): the processes only wait for it. */

/**
 * @param {object} service
 * @param {string} service.name
 * @param {() => {port: number} | undefined} service.running
 * @param {() => Promise<{port: number}>} service.start
 * @param {number} service.port where the processes expect it
 * @param {(text: string) => void} service.say
 * @param {(reason: string) => void} service.givenUp
 * @param {number} [service.everyMs]
 * @returns {() => Promise<void>} ends the watch; resolves when no start is under way
 */
export function revive({ name, running, start, port, say, givenUp, everyMs = 1000 }) {
  let missing = 0;
  /** @type {Promise<void> | undefined} */
  let starting;
  const look = async () => {
    // Somebody who restarts it by hand gets the time to do so.
    missing = running() ? 0 : missing + 1;
    if (missing < 5) return;
    missing = 0;
    say(`  ${name} has ended and is started again.`);
    try {
      const again = await start();
      if (again.port !== port) givenUp(`${name} lost its port to another process: start LXD Manager again.`);
    } catch (error) {
      say(`  ${name} could not be started: ${error instanceof Error ? error.message : error}`);
    }
  };
  const timer = setInterval(() => {
    starting ??= look().finally(() => (starting = undefined));
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await starting;
  };
}
