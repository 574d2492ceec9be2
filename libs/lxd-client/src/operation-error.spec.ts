import { operationError } from './operation-error';
import type { Operation } from './wire/operation';

const failed = (err: string): Operation => ({
  id: 'x',
  class: 'task',
  description: 'Stopping instance',
  created_at: '',
  updated_at: '',
  status: 'Failure',
  status_code: 400,
  resources: null,
  metadata: null,
  may_cancel: false,
  err,
  location: 'none',
});

describe('operationError', () => {
  it.each([
    [
      'Failed creating instance record: Add instance info to the database: This "instances" entry already exists',
      'conflict',
    ],
    ['The instance is already running', 'conflict'],
    ['Failed to create instance start operation: Instance is busy running a "create" operation', 'busy'],
    ['Invalid config: Unknown configuration key: nonsense', 'bad-request'],
    ['Image not provided for instance creation', 'operation-failed'],
    ['Failed to run: /usr/bin/lxd forkstart web: exit status 1', 'operation-failed'],
    ['', 'operation-failed'],
  ])('%s → %s', (err, kind) => {
    expect(operationError(failed(err), 'https://h')).toMatchObject({
      kind,
      lxdMessage: err,
      retryable: kind === 'busy',
    });
  });
});
