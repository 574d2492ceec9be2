import { CONTAINER_STATUSES, DesiredContainer, ObservedContainer, statusOf } from './container-status';

const desired = (over: Partial<DesiredContainer> = {}): DesiredContainer => ({
  power: 'running',
  restartGeneration: 0,
  deleted: false,
  generation: 2,
  ...over,
});
const observed = (over: Partial<ObservedContainer> = {}): ObservedContainer => ({
  status: 'Running',
  created: true,
  missing: false,
  generation: 2,
  restartGeneration: 0,
  error: null,
  ...over,
});
const here = { reachable: true, reason: null };
const silent = { reachable: false, reason: 'No answer for 90 s.' };
const behind = { generation: 1 };

it.each([
  ['Running', 'Running'],
  ['Ready', 'Running'],
  ['Thawed', 'Running'],
  ['Stopped', 'Stopped'],
  ['Frozen', 'Frozen'],
  ['Error', 'Error'],
  ['Starting', 'Starting'],
  ['Stopping', 'Stopping'],
  ['Aborting', 'Stopping'],
  ['Something new', 'Unknown'],
  [null, 'Unknown'],
])('settled and seen as %s reads %s, whatever was wanted', (status, shown) => {
  for (const power of ['running', 'stopped', null] as const)
    expect(statusOf(desired({ power }), observed({ status }), null, here)).toEqual({
      status: shown,
      pending: false,
      stale: false,
      detail: null,
    });
});

it.each([
  ['a delete', { deleted: true }, {}, 'Deleting'],
  ['a delete before it was created', { deleted: true }, { created: false, status: null }, 'Deleting'],
  ['a delete of a missing one', { deleted: true }, { missing: true, status: null }, 'Deleting'],
  ['a creation', {}, { created: false, status: null }, 'Creating'],
  ['a creation that is to stay stopped', { power: 'stopped' }, { created: false, status: null }, 'Creating'],
  ['a restart', { restartGeneration: 1 }, {}, 'Restarting'],
  ['a restart in its middle', { restartGeneration: 1 }, { status: 'Stopped' }, 'Restarting'],
  ['a restart before it was created', { restartGeneration: 1 }, { created: false, status: null }, 'Creating'],
  ['a start', {}, { status: 'Stopped' }, 'Starting'],
  ['a start of a frozen one', {}, { status: 'Frozen' }, 'Starting'],
  ['a start of one never seen', {}, { status: null }, 'Starting'],
  ['a start of what runs already', {}, {}, 'Running'],
  ['a start of what is ready already', {}, { status: 'Ready' }, 'Running'],
  ['a stop', { power: 'stopped' }, {}, 'Stopping'],
  ['a stop of a ready one', { power: 'stopped' }, { status: 'Ready' }, 'Stopping'],
  ['a stop of what is stopped already', { power: 'stopped' }, { status: 'Stopped' }, 'Stopped'],
  ['a wish without power', { power: null }, { status: 'Frozen' }, 'Frozen'],
] as const)('%s that is under way', (_, wish, seen, status) => {
  const shown = statusOf(desired(wish), observed({ ...behind, ...seen }), { step: 'Create' }, here);
  expect(shown).toEqual({ status, pending: true, stale: false, detail: 'Create' });
});

it.each([
  ['missing on its host', { missing: true, status: null }, 'Missing', null],
  ['failed', { status: 'Stopped', error: 'No space left.' }, 'Stopped', 'No space left.'],
  [
    'failed before it was created',
    { created: false, status: null, error: 'No such image.' },
    'Error',
    'No such image.',
  ],
  ['settled and never seen', { created: false, status: null }, 'Unknown', null],
])('%s', (_, seen, status, detail) => {
  expect(statusOf(desired(), observed(seen), null, here)).toEqual({ status, pending: false, stale: false, detail });
});

it.each([
  ['keeps the last observation', {}, 'Running', true, 'No answer for 90 s.'],
  [
    'is told beside an earlier failure',
    { error: 'No space left.' },
    'Running',
    true,
    'No space left. · No answer for 90 s.',
  ],
  [
    'does not age what never was there',
    { created: false, status: null, error: 'No image.' },
    'Error',
    false,
    'No image.',
  ],
  [
    'does not turn a missing one into something else',
    { missing: true, status: null },
    'Missing',
    true,
    'No answer for 90 s.',
  ],
])('a silent host %s', (_, seen, status, stale, detail) => {
  expect(statusOf(desired(), observed(seen), null, silent)).toEqual({ status, pending: false, stale, detail });
});

it('a wish on a silent host is shown with its step and the reason', () => {
  const shown = statusOf(desired({ power: 'stopped' }), observed(behind), { step: 'Wait for the host' }, silent);
  expect(shown).toEqual({
    status: 'Stopping',
    pending: true,
    stale: true,
    detail: 'Wait for the host · No answer for 90 s.',
  });
  const creating = statusOf(desired(), observed({ ...behind, created: false, status: null }), { step: null }, silent);
  expect(creating).toMatchObject({ status: 'Creating', stale: true, detail: 'No answer for 90 s.' });
});

it('an old error is not shown while a new wish is under way', () => {
  const shown = statusOf(desired(), observed({ ...behind, status: 'Stopped', error: 'No space left.' }), null, here);
  expect(shown).toEqual({ status: 'Starting', pending: true, stale: false, detail: null });
});

it('names every status once', () => {
  expect(new Set(CONTAINER_STATUSES).size).toBe(CONTAINER_STATUSES.length);
});
