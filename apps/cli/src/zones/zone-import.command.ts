import { basename } from 'node:path';
import { allProblems, TextProblem } from '@lxdm/domain';
import {
  AuditRepository,
  lockZoneText,
  StaticEntriesRepository,
  Transactor,
  ZoneBrowserRepository,
} from '@lxdm/entities';
import { targetName } from '@lxdm/nameserver';
import { Command, ExitCode, Invocation, UsageError } from '../command';
import { withDatabase } from '../database';
import { printable } from '../output';
import { actByOperator } from '../users/cli-audit';
import { ImportText, readImport } from './import-text';
import { namedZone, unknownZone, zoneSettings } from './zone-contents';
import { problemLine, readText } from './zone-file-input';

/** A zone file becomes a static entry, whole or not at all. */
export const zoneImport: Command = {
  name: 'zone import',
  about: 'makes a static entry of a zone file',
  help: [
    'zone import FILE [OPTIONS]; - reads the standard input. All of it is saved, or nothing.',
    'The SOA and the NS of the zone itself are skipped with a notice: the name server makes its own.',
    '',
    '  --zone NAME    another zone than DNS_ZONE: a reverse zone',
    '  --title TEXT   what the entry is called (the name of the file by default)',
    '  --dry-run      tells what would happen and saves nothing',
  ],
  options: { zone: { type: 'string' }, title: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  words: 1,
  run: async ({ environment, options, words: [file], input, output }: Invocation): Promise<number> => {
    if (file === undefined) throw new UsageError('Name a file, or - for the standard input.');
    const { databaseUrl, ...apex } = zoneSettings(environment);
    const zone = namedZone(options['zone'], apex.zone);
    const title = titleOf(options['title'], file);
    const text = await readText(file, input);
    const read = readImport(text, zone);
    for (const { line, column, what } of read.skipped)
      output.remark(
        printable(`${file}:${line}:${column}: skipped: the ${what} of the zone is made by the name server`),
      );
    const dryRun = options['dry-run'] === true;
    const problems = await withDatabase(databaseUrl, (db) =>
      save(db, { zone, nameserver: apex.nameserver, title, dryRun }, read),
    );
    for (const problem of problems) output.remark(problemLine(file, problem));
    if (problems.some(({ severity }) => severity === 'error')) return ExitCode.failed;
    const count = `${read.records.length} ${read.records.length === 1 ? 'record' : 'records'}`;
    output.result(
      dryRun ? `${count} can be imported into ${zone}` : `${count} imported into ${zone} as "${printable(title)}"`,
    );
    return ExitCode.ok;
  },
};

interface Wish {
  zone: string;
  nameserver: string;
  title: string;
  dryRun: boolean;
}

/** @returns what is wrong; with an error among it, nothing was saved */
function save(db: Transactor, { zone, nameserver, title, dryRun }: Wish, read: ImportText): Promise<TextProblem[]> {
  const entries = new StaticEntriesRepository(db);
  return db.run(async (tx) => {
    await lockZoneText(tx);
    if (!(await new ZoneBrowserRepository(db).find(zone))) throw unknownZone(zone);
    const place = { zone, nameserver, exceptEntry: null };
    const problems = allProblems(read.faults, await entries.judge(place, read.records, targetName, tx));
    if (dryRun || problems.some(({ severity }) => severity === 'error')) return problems;
    const { text, records } = read;
    const id = await entries.create(tx, zone, { title, text, records, userId: null });
    const target = { kind: 'static-entry', id, name: title };
    const detail = { zone, records: records.length };
    await new AuditRepository(db).record(tx, actByOperator('static-entry.create', target, detail));
    return problems;
  });
}

function titleOf(option: string | boolean | undefined, file: string): string {
  const title = typeof option === 'string' ? option : file === '-' ? 'imported' : basename(file).slice(0, 100);
  if (title.trim() !== title || title === '' || title.length > 100 || printable(title) !== title)
    throw new UsageError('A title has 1 to 100 characters, none of them a control character.');
  return title;
}
