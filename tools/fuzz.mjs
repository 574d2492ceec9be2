// @ts-check
import { bootstrap, runVisibly } from './bootstrap.mjs';
import { inRoot } from './workspace.mjs';

/** `npm run fuzz`: everything built, then libs/nameserver/fuzz. @param {string[]} args @returns {Promise<number>} */
export async function fuzz(args) {
  await bootstrap();
  return runVisibly(process.execPath, ['--expose-gc', inRoot('libs', 'nameserver', 'fuzz', 'main.mjs'), ...args]);
}
