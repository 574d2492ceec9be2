import { rrsetsOf, type ZoneDocument } from '@lxdm/domain';
import { Command, ExitCode, Invocation, UsageError } from '../command';
import { loadZones, namedZone, unknownZone, zoneSettings } from './zone-contents';
import { zoneText } from './zone-text';

/** A zone that the name server makes of the database. */
export const zoneExport: Command = {
  name: 'zone export',
  about: 'a zone as the name server serves it',
  help: [
    'Writes a zone file that BIND, NSD and Knot load; what is not served stands in it as comments.',
    'Reads DNS_ZONE, DNS_NAMESERVER and DNS_NAMESERVER_ADDRESSES as the name server does.',
    '',
    '  --zone NAME          another zone than DNS_ZONE: a reverse zone',
    '  --format text|json   a zone file (the default), or its data',
  ],
  options: { format: { type: 'string' }, json: { type: 'boolean' }, zone: { type: 'string' } },
  run: async ({ environment, options, output }: Invocation): Promise<number> => {
    const format = options['json'] === true ? 'json' : (options['format'] ?? 'text');
    if (format !== 'text' && format !== 'json') throw new UsageError('--format is text or json.');
    const apex = zoneSettings(environment);
    const name = namedZone(options['zone'], apex.zone);
    const found = (await loadZones(apex)).find(({ document }) => document.origin === name);
    if (!found) throw unknownZone(name);
    const { document, dnssec } = found;
    if (dnssec) output.remark('The zone is served signed; its keys, signatures and NSEC records are left out.');
    output.result(format === 'json' ? JSON.stringify(plain(document), null, 2) : zoneText(document));
    return ExitCode.ok;
  },
};

/** What JSON can hold: octets as hexadecimal digits. */
function plain({ rrsets, names, raw, ...document }: ZoneDocument): object {
  return {
    ...document,
    rrsets: [...rrsetsOf({ rrsets, names })],
    raw: raw.map((record) => ({ ...record, rdata: Buffer.from(record.rdata).toString('hex') })),
  };
}
