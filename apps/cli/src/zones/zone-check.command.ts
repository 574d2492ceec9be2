import { buildServableZone, readServableZoneFile, typeName, wireRecords } from '@lxdm/nameserver';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation } from '../command';
import { printable } from '../output';
import { settings } from '../settings';
import { loadZones, namedZone, unknownZone, zoneSettings } from './zone-contents';
import { problemLine, readText } from './zone-file-input';

/** Whether a text, or what the database has, can be served. */
export const zoneCheck: Command = {
  name: 'zone check',
  about: 'what is wrong with a zone file, or with a zone of the database',
  help: [
    'zone check [FILE]; - reads the standard input. With a file no database is asked: what is in the way of containers and',
    'entries, "zone import --dry-run" tells. Without one, the zone of the database is held against what can be served.',
    '',
    '  --zone NAME   another zone than DNS_ZONE',
  ],
  options: { zone: { type: 'string' } },
  words: 1,
  run: async ({ environment, options, words: [file], input, output }: Invocation): Promise<number> => {
    if (file === undefined) return checkDatabase(environment, options['zone'], output);
    const zone = namedZone(options['zone'], readSettings({ zone: settings.zone }, environment).zone);
    const { file: read, problems } = readServableZoneFile(await readText(file, input), { origin: zone });
    for (const problem of problems) output.remark(problemLine(file, { ...problem, severity: 'error' }));
    if (problems.length > 0) return ExitCode.failed;
    output.result(`${wireRecords(read).length} records, nothing wrong`);
    return ExitCode.ok;
  },
};

async function checkDatabase(
  environment: Invocation['environment'],
  option: string | boolean | undefined,
  output: Invocation['output'],
): Promise<number> {
  const apex = zoneSettings(environment);
  const name = namedZone(option, apex.zone);
  const found = (await loadZones(apex)).find(({ document }) => document.origin === name);
  if (!found) throw unknownZone(name);
  const { document } = found;
  const { zone, problems } = buildServableZone(document);
  const left = document.skipped.map(({ name: owner, type, reason }) => [
    owner,
    type === undefined ? '' : typeName(type),
    reason,
  ]);
  const refused = problems.map(({ owner = '', type = '', message }) => [owner, type, message]);
  for (const [owner = '', type = '', reason = ''] of [...left, ...refused])
    output.remark(printable(`not served: ${[owner, type].filter(Boolean).join(' ')}: ${reason}`));
  if (!zone || left.length + refused.length > 0) return ExitCode.failed;
  output.result(`${name} serial ${zone.serial}: ${zone.size} sets of records, all of them served`);
  return ExitCode.ok;
}
