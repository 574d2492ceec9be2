import { OPERATION_STATUSES, OperationStatus } from '@lxdm/domain';
import { OperationsRepository } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation, UsageError } from '../command';
import { withDatabase } from '../database';
import { listHelp, listOptions, show } from '../listing';
import { moment } from '../output';
import { settings } from '../settings';

/** What users asked for, newest first. */
export const operationList: Command = {
  name: 'operation list',
  about: 'what users asked for, newest first',
  help: [
    `  --status WORD one of ${OPERATION_STATUSES.join(', ')}`,
    '  --limit N     how many (50, at most 1000)',
    listHelp,
  ],
  options: { ...listOptions, status: { type: 'string' }, limit: { type: 'string' } },
  run: async (invocation: Invocation): Promise<number> => {
    const { databaseUrl } = readSettings({ databaseUrl: settings.databaseUrl }, invocation.environment);
    const status = statusIn(invocation.options['status']);
    const { items } = await withDatabase(databaseUrl, (db) =>
      new OperationsRepository(db).page({
        projectIds: null,
        ...(status ? { status } : {}),
        offset: 0,
        limit: limitIn(invocation.options['limit']),
      }),
    );
    show(
      invocation,
      items.map((operation) => ({ ...operation })),
      [
        ['ACCEPTED', (row) => moment(row.createdAt)],
        ['TYPE', (row) => row.type],
        ['TARGET', (row) => row.targetName],
        ['STATUS', (row) => row.status],
        ['BY', (row) => row.requestedBy ?? ''],
        ['ENDED', (row) => moment(row.finishedAt)],
        ['ERROR', (row) => row.errorMessage ?? ''],
      ],
      'There are no operations.',
    );
    return ExitCode.ok;
  },
};

function statusIn(option: unknown): OperationStatus | undefined {
  if (option === undefined) return undefined;
  const status = OPERATION_STATUSES.find((word) => word.toLowerCase() === String(option).toLowerCase());
  if (!status) throw new UsageError(`--status is one of ${OPERATION_STATUSES.join(', ')}.`);
  return status;
}

function limitIn(option: unknown): number {
  const limit = option === undefined ? 50 : /^\d{1,4}$/.test(String(option)) ? Number(option) : 0;
  if (limit < 1 || limit > 1000) throw new UsageError('--limit is a number from 1 to 1000.');
  return limit;
}
