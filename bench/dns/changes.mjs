// @ts-check
/** From the commit of a change to the answer that tells it, while the server is asked as fast as it can answer. */
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { inRoot } from '../../tools/workspace.mjs';
import { dnsperf } from './dnsperf.mjs';
import { nameOf, ZONE } from './fleet.mjs';
import { A, addressIn, Asker } from './wire.mjs';

const require = createRequire(import.meta.url);
/** Between two looks, so that looking is no load of its own. */
const LOOK_EVERY_MS = 1;
const DEADLINE_MS = 10_000;

/**
 * Changes addresses one after the other under full load.
 * @param {string} url the database, as its owner @param {number} port @param {string} questions @param {number} times
 * @returns {Promise<{milliseconds: number[], load: import('./dnsperf.mjs').Load}>}
 */
export async function changeToAnswer(url, port, questions, times) {
  const { createDataSource, Transactor } = require(inRoot('libs', 'entities', 'dist', 'index.js'));
  const dataSource = await createDataSource({ url, poolSize: 1, applicationName: 'bench' }).initialize();
  const db = new Transactor(dataSource);
  const asker = new Asker(port);
  const milliseconds = [];
  try {
    const load = dnsperf(port, questions, Math.ceil(times / 8));
    await delay(500);
    for (let i = 1; i <= times; i++) {
      const address = `172.16.${i >> 8}.${i & 255}`;
      await change(db, nameOf(i), address);
      const committed = performance.now();
      milliseconds.push(await untilTold(asker, nameOf(i), address, committed));
      await delay(20 + (i % 40));
    }
    return { milliseconds, load: await load };
  } finally {
    asker.close();
    await dataSource.destroy();
  }
}

/** As any writer does it: the address and the bump in one transaction. @param {*} db @param {string} name @param {string} address */
async function change(db, name, address) {
  await db.run(async (/** @type {*} */ tx) => {
    const [row] = await tx.query(
      `UPDATE addresses SET address = $2 WHERE family = 4 AND container_id = (SELECT id FROM containers WHERE name_key = $1) RETURNING container_id AS id`,
      [name, address],
    );
    tx.changed('container', row.id);
    tx.zoneChanged({ containers: [row.id] });
  });
}

/** @param {Asker} asker @param {string} name @param {string} address @param {number} since */
async function untilTold(asker, name, address, since) {
  for (;;) {
    const answer = await asker.ask(`${name}.${ZONE}`, A, 200);
    const took = performance.now() - since;
    if (answer && addressIn(answer) === address) return took;
    if (took > DEADLINE_MS) throw new Error(`${name} has not changed within ${DEADLINE_MS / 1000} s`);
    await delay(LOOK_EVERY_MS);
  }
}
