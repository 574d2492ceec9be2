import { join } from 'node:path';
import { loadKeyRing } from '@lxdm/crypto';
import { migrate } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation } from '../command';
import { withDatabase } from '../database';
import { settings } from '../settings';
import { checkMigrations } from './migration-check';
import { ringStands } from './ring-check';

/** The name server's role in a database whose roles the manager keeps. */
const READER = 'lxdm_dns';

const RINGS = ['db_encrypt', 'dns_encrypt'] as const;

/** Brings the database to the current schema, and ties it to the key ring. */
export const migrateCommand: Command = {
  name: 'migrate',
  about: 'brings the database to the current schema and ties it to the key ring',
  help: [
    'Reads DATABASE_URL, DNS_ZONE and the key rings in LXDM_SECRETS_DIR. With DNS_DATABASE_PASSWORD (or …_FILE) it makes',
    `the role ${READER}, which may only read what the zone is made of, or gives it that password.`,
    '',
    '  --check   tries every migration on an empty database of its own beside the one of DATABASE_URL: up, the same',
    '            schema as the code, down, up again; the database of DATABASE_URL itself is not touched',
  ],
  options: { check: { type: 'boolean' } },
  run: async ({ environment, options, output }: Invocation): Promise<number> => {
    if (options['check'] === true) {
      const { databaseUrl } = readSettings({ databaseUrl: settings.databaseUrl }, environment);
      const faults = await checkMigrations(databaseUrl);
      if (faults.length === 0)
        output.result('The migrations make the schema that the code expects, and can be undone.');
      for (const fault of faults) output.remark(fault);
      return faults.length === 0 ? ExitCode.ok : ExitCode.failed;
    }
    const { databaseUrl, zone, dnsPassword, secretsDir } = readSettings(
      {
        databaseUrl: settings.databaseUrl,
        zone: settings.zone,
        dnsPassword: settings.dnsPassword,
        secretsDir: settings.secretsDir,
      },
      environment,
    );
    // Before anything is changed: without the rings there is no use in a newer schema.
    const rings = await Promise.all(RINGS.map((name) => loadKeyRing(join(secretsDir, name))));
    const reader = dnsPassword === null ? null : { name: READER, password: dnsPassword };
    const { applied } = await migrate(databaseUrl, zone, reader);
    for (const name of applied) output.result(`applied ${name}`);
    for (const [index, name] of RINGS.entries()) {
      const ring = rings[index];
      const verdict = ring && (await withDatabase(databaseUrl, (db) => ringStands(db, ring, name)));
      if (verdict === 'first') output.result(`the database is tied to the key ring ${name} now`);
      if (verdict === 'renewed') output.result(`the newest key of the ring ${name} is in use now`);
    }
    output.result(
      applied.length === 0 ? `The schema is current; zone ${zone}` : `The schema is current now; zone ${zone}`,
    );
    return ExitCode.ok;
  },
};
