// @ts-check
/** One place for Ctrl-C, SIGTERM and a closed terminal. */

/** Resolves at the first signal; further ones change nothing, for stopping takes seconds and leaves nothing behind. @returns {Promise<NodeJS.Signals>} */
export function interrupted() {
  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => resolve(signal));
    }
  });
}
