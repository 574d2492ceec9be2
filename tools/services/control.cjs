// @ts-check
/**
 * tools/services/ctl.mjs for specs: they are compiled to CommonJS and cannot import an ES module.
 *   import { servicesUp, servicesDown, postgres, redis } from '../../../tools/services/control.cjs';
 */
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const process = require('node:process');

/* global __dirname */

/** @param {string[]} words @returns {string} */
function ctl(...words) {
  return execFileSync(process.execPath, [join(__dirname, 'ctl.mjs'), ...words], { encoding: 'utf8', timeout: 120_000 });
}

/** A Postgres and a Redis of its own for a test that breaks them. @returns {{dir: string, databaseUrl: string, redisUrl: string}} */
const servicesUp = () => JSON.parse(ctl('up'));
/** @param {string} dir */
const servicesDown = (dir) => void ctl('down', dir);

/** @typedef {'start' | 'stop' | 'restart' | 'pause' | 'resume'} Action */
/** @param {string} dir @param {Action} action @param {'smart' | 'fast' | 'immediate' | 'kill'} [mode] */
const postgres = (dir, action, mode) => void ctl('postgres', dir, action, ...(mode ? [mode] : []));
/** @param {string} dir @param {Action} action @param {'term' | 'kill'} [mode] */
const redis = (dir, action, mode) => void ctl('redis', dir, action, ...(mode ? [mode] : []));

module.exports = { servicesUp, servicesDown, postgres, redis };
