// @ts-check
/**
 * Who may import what: the table of docs/architecture.md as data, one row a project, no wildcard. `lib/door` is one door of a lib, and no other.
 * ESLint enforces it on every import; check-boundaries.mjs holds each package.json to it.
 */

/** @type {Record<string, string[]>} project folder → libs it may import */
export const mayImport = {
  'apps/api': ['domain', 'runtime', 'entities', 'nest', 'jobs', 'nameserver', 'crypto', 'gitlab'],
  'apps/worker': ['domain', 'runtime', 'entities', 'nest', 'jobs', 'lxd-client', 'crypto', 'gitlab'],
  'apps/scheduler': ['domain', 'runtime', 'entities', 'nest', 'jobs'],
  'apps/dns': ['domain', 'runtime', 'entities/zones', 'nameserver', 'crypto'],
  'apps/web': ['api-client'],
  'apps/cli': ['domain', 'runtime', 'entities', 'jobs', 'nameserver', 'crypto'],
  'apps/e2e': [],
  'libs/domain': [],
  'libs/runtime': [],
  'libs/entities': ['domain'],
  'libs/nest': ['runtime', 'entities'],
  'libs/jobs': [],
  'libs/lxd-client': [],
  'libs/nameserver': [],
  'libs/crypto': [],
  'libs/gitlab': [],
  'libs/api-client': [],
  'libs/testing': [],
};

/** Only specs may import it: what a stand-in is must never reach a running process. */
export const testingLib = 'testing';

/** @type {Record<string, string[]>} a risky package → the only projects that may import it */
export const owners = {
  bull: ['libs/jobs'],
  '@nestjs/bull': ['libs/jobs'],
  ioredis: ['libs/jobs'],
  'node-forge': ['libs/crypto'],
  '@node-rs/argon2': ['libs/crypto'],
  'dns-packet': ['libs/nameserver', 'apps/dns', 'apps/e2e'],
  'native-dns': ['libs/nameserver'],
  typeorm: ['libs/entities', 'libs/nest'],
  '@nestjs/typeorm': ['libs/nest'],
  pg: ['libs/entities', 'libs/testing', 'apps/e2e'],
  undici: ['libs/lxd-client', 'apps/e2e'],
  ws: ['libs/lxd-client', 'libs/testing'],
};
