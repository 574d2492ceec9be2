// @ts-check
import { bootstrap, runVisibly } from './bootstrap.mjs';
import { inRoot } from './workspace.mjs';

/** `npm run bench`: everything built, then bench/main.mjs. @param {string[]} args @returns {Promise<number>} */
export async function bench(args) {
  await bootstrap();
  return runVisibly(process.execPath, [inRoot('bench', 'main.mjs'), ...args]);
}
