import { hostStateOf, statusOf } from '@lxdm/domain';
import { ContainersRepository, ContainerView } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation } from '../command';
import { withDatabase } from '../database';
import { listHelp, listOptions, show } from '../listing';
import { settings } from '../settings';

/** Every container with the status that the console shows. */
export const containerList: Command = {
  name: 'container list',
  about: 'the containers of all projects and hosts',
  help: ['  --filter TEXT in name, description, project, host or address', listHelp],
  options: { ...listOptions, filter: { type: 'string' } },
  run: async (invocation: Invocation): Promise<number> => {
    const { databaseUrl } = readSettings({ databaseUrl: settings.databaseUrl }, invocation.environment);
    const { filter } = invocation.options;
    const { items } = await withDatabase(databaseUrl, (db) =>
      new ContainersRepository(db).page({
        projectIds: null,
        ...(typeof filter === 'string' ? { filter } : {}),
        sort: 'name',
        descending: false,
        offset: 0,
        limit: null,
      }),
    );
    const now = new Date();
    show(
      invocation,
      items.map((container) => rowOf(container, now)),
      [
        ['NAME', (row) => row.name],
        ['STATUS', (row) => `${row.status}${row.stale ? ' (stale)' : ''}`],
        ['PROJECT', (row) => row.project ?? ''],
        ['HOST', (row) => row.host],
        ['ADDRESSES', (row) => row.addresses.join(' ')],
        ['DETAIL', (row) => row.detail ?? ''],
      ],
      'There are no containers.',
    );
    return ExitCode.ok;
  },
};

function rowOf(container: ContainerView, now: Date) {
  const { state, reason } = hostStateOf(container.host, now);
  return {
    id: container.id,
    name: container.name,
    ...statusOf(
      container.desired,
      container.observed,
      { step: container.step },
      { reachable: state === 'Online', reason },
    ),
    project: container.projectName,
    host: container.hostName,
    image: container.image,
    addresses: container.addresses.filter(({ present }) => present).map(({ address }) => address),
    observedAt: container.observedAt,
  };
}
