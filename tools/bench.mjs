// @ts-check
import { bootstrap, runVisibly } from './bootstrap.mjs';
import { inRoot } from './workspace.mjs';

/** `npm run bench`: everything built, then bench/main.mjs; `npm run bench -- dns` the name server's, bench/dns/main.mjs. @param {string[]} args @returns {Promise<number>} */
export async function bench(args) {
  await bootstrap();
  const [part, ...rest] = args;
  return part === 'dns'
    ? runVisibly(process.execPath, [inRoot('bench', 'dns', 'main.mjs'), ...rest])
    : runVisibly(process.execPath, [inRoot('bench', 'main.mjs'), ...args]);
}
