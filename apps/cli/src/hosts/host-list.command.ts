import { hostStateOf } from '@lxdm/domain';
import { HostsRepository } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation } from '../command';
import { withDatabase } from '../database';
import { listHelp, listOptions, show } from '../listing';
import { moment } from '../output';
import { settings } from '../settings';

/** The hosts and their states, as the console shows them. */
export const hostList: Command = {
  name: 'host list',
  about: 'the hosts and their states',
  help: [listHelp],
  options: listOptions,
  run: async (invocation: Invocation): Promise<number> => {
    const { databaseUrl } = readSettings({ databaseUrl: settings.databaseUrl }, invocation.environment);
    const now = new Date();
    const hosts = await withDatabase(databaseUrl, (db) => new HostsRepository(db).list());
    const rows = hosts.map((host) => ({
      id: host.id,
      name: host.name,
      ...hostStateOf(host, now),
      server: [host.server, host.serverVersion].filter(Boolean).join(' ') || null,
      containers: host.containersTotal,
      running: host.containersRunning,
      subnets: host.subnets,
      url: host.url,
      lastSeenAt: host.lastSeenAt,
    }));
    show(
      invocation,
      rows,
      [
        ['NAME', (row) => row.name],
        ['STATE', (row) => row.state],
        ['SERVER', (row) => row.server ?? ''],
        ['RUNNING', (row) => `${row.running}/${row.containers}`],
        ['SUBNETS', (row) => row.subnets.join(' ')],
        ['LAST SEEN', (row) => moment(row.lastSeenAt)],
        ['URL', (row) => row.url],
        ['REASON', (row) => row.reason ?? ''],
      ],
      'There are no hosts.',
    );
    return ExitCode.ok;
  },
};
