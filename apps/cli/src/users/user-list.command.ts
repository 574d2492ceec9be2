import { PeopleRepository } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation } from '../command';
import { withDatabase } from '../database';
import { listHelp, listOptions, show } from '../listing';
import { moment } from '../output';
import { settings } from '../settings';

/** The people and services, who waits first, as the console shows them. */
export const userList: Command = {
  name: 'user list',
  about: 'people and services, who waits for approval first',
  help: [listHelp],
  options: listOptions,
  run: async (invocation: Invocation): Promise<number> => {
    const { databaseUrl } = readSettings({ databaseUrl: settings.databaseUrl }, invocation.environment);
    const { items } = await withDatabase(databaseUrl, (db) =>
      new PeopleRepository(db).page({ offset: 0, limit: 100_000 }),
    );
    show(
      invocation,
      items.map((person) => ({ ...person })),
      [
        ['NAME', (row) => row.username],
        ['KIND', (row) => row.kind],
        ['STANDING', (row) => row.standing],
        ['ADMIN', (row) => (row.isAdmin ? 'yes' : '')],
        ['GITLAB', (row) => (row.gitlab ? `${row.gitlab.username} at ${row.gitlab.issuer}` : '')],
        ['PROJECTS', (row) => row.projects.map(({ name, role }) => `${name} (${role})`).join(', ')],
        ['LAST SEEN', (row) => moment(row.lastSeenAt)],
        ['REASON', (row) => row.reason],
      ],
      'There are no people yet.',
    );
    return ExitCode.ok;
  },
};
