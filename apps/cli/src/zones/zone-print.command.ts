import { ZoneDocument, zoneDocuments } from '@lxdm/domain';
import { ZonesRepository } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation, Refusal, UsageError } from '../command';
import { withDatabase } from '../database';
import { settings } from '../settings';
import { zoneText } from './zone-text';

/** The zone that the name server makes of the database. */
export const zonePrint: Command = {
  name: 'zone print',
  about: 'the zones as the name server serves them',
  help: [
    'Reads DNS_ZONE, DNS_NAMESERVER and DNS_NAMESERVER_ADDRESSES as the name server does.',
    '',
    '  --format text|json   a zone file each (the default), or their data',
  ],
  options: { format: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ environment, options, output }: Invocation): Promise<number> => {
    const format = options['json'] === true ? 'json' : (options['format'] ?? 'text');
    if (format !== 'text' && format !== 'json') throw new UsageError('--format is text or json.');
    const { databaseUrl, ...apex } = readSettings(
      {
        databaseUrl: settings.databaseUrl,
        zone: settings.zone,
        nameserver: settings.nameserver,
        nameserverAddresses: settings.nameserverAddresses,
      },
      environment,
    );
    const contents = await withDatabase(databaseUrl, (db) => new ZonesRepository(db).load(apex.zone));
    if (!contents)
      throw new Refusal(
        `The database does not know the zone ${apex.zone}: run "npm run cli -- migrate" with this DNS_ZONE.`,
      );
    const documents = zoneDocuments(apex, contents);
    output.result(
      format === 'json' ? JSON.stringify(documents.map(plain), null, 2) : documents.map(zoneText).join('\n\n'),
    );
    return ExitCode.ok;
  },
};

/** What JSON can hold: octets as hexadecimal digits. */
function plain({ rrsets, raw, ...document }: ZoneDocument): object {
  return {
    ...document,
    rrsets: [...rrsets],
    raw: raw.map((record) => ({ ...record, rdata: Buffer.from(record.rdata).toString('hex') })),
  };
}
