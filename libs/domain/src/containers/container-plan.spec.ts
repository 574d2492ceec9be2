import { InstanceFacts, plan, ReconcileMemory, Step } from './container-plan';
import type { DesiredContainer } from './container-status';

const wish = (over: Partial<DesiredContainer> = {}): DesiredContainer => ({
  power: 'running',
  restartGeneration: 0,
  deleted: false,
  generation: 2,
  ...over,
});
const memory = (over: Partial<ReconcileMemory> = {}): ReconcileMemory => ({
  created: true,
  restartGeneration: 0,
  restartFrom: null,
  ...over,
});
const instance = (status: string, over: Partial<InstanceFacts> = {}): InstanceFacts => ({
  status,
  ours: true,
  bootMark: 'boot 1',
  ephemeral: false,
  ...over,
});
const outcome = (step: Step): string => (step.kind === 'fail' ? step.code : step.kind);

const UP = ['Running', 'Ready', 'Thawed'];
const MOVING = ['Starting', 'Stopping', 'Aborting', 'Freezing', 'Cancelling', 'Pending', 'Operation created'];
const DOWN = ['Stopped', 'Error', 'Something new'];

type Case = [status: string, running: string, stopped: string, nothing: string, deleted: string];
const TABLE: Case[] = [
  ...UP.map((status): Case => [status, 'done', 'stop', 'done', 'stop']),
  ...DOWN.map((status): Case => [status, 'start', 'done', 'done', 'delete']),
  ...MOVING.map((status): Case => [status, 'wait', 'wait', 'wait', 'wait']),
  ['Frozen', 'unfreeze', 'unfreeze', 'done', 'unfreeze'],
];

describe.each(TABLE)('our instance that is %s', (status, running, stopped, nothing, deleted) => {
  it.each([
    ['running', wish(), running],
    ['stopped', wish({ power: 'stopped' }), stopped],
    ['left as it is', wish({ power: null }), nothing],
    ['gone', wish({ deleted: true }), deleted],
    ['gone, although it was to run', wish({ deleted: true, restartGeneration: 9 }), deleted],
  ])('is wanted %s', (_, desired, step) => {
    expect(outcome(plan(desired, instance(status), memory()))).toBe(step);
    // Whether a row says that it was created must not matter while the instance is there.
    expect(outcome(plan(desired, instance(status), memory({ created: false })))).toBe(step);
  });
});

describe.each([...UP, ...DOWN, ...MOVING, 'Frozen'])("somebody else's instance that is %s", (status) => {
  const foreign = instance(status, { ours: false });
  it.each(['running', 'stopped', null] as const)('is not touched when %s is wanted', (power) => {
    expect(outcome(plan(wish({ power }), foreign, memory()))).toBe('name-taken-on-host');
    expect(outcome(plan(wish({ power, restartGeneration: 1 }), foreign, memory({ created: false })))).toBe(
      'name-taken-on-host',
    );
  });
  it('stays when ours is deleted', () => {
    expect(outcome(plan(wish({ deleted: true }), foreign, memory()))).toBe('removed');
  });
});

describe('no instance', () => {
  it.each([
    ['running', false, 'create'],
    ['stopped', false, 'create'],
    ['running', true, 'missing-on-host'],
    ['stopped', true, 'missing-on-host'],
    [null, true, 'missing-on-host'],
  ] as const)('wanted %s, created before: %s', (power, created, step) => {
    expect(outcome(plan(wish({ power }), null, memory({ created })))).toBe(step);
  });
  it.each([true, false])('is what a delete wants, created before: %s', (created) => {
    expect(outcome(plan(wish({ deleted: true }), null, memory({ created })))).toBe('removed');
  });
});

describe('a restart', () => {
  const desired = wish({ restartGeneration: 3 });
  const from = (restartFrom: string | null) => memory({ restartGeneration: 2, restartFrom });
  it.each([
    ['begins with a note of the boot that it replaces', 'Running', null, 'note-restart'],
    ['stops that boot', 'Running', 'boot 1', 'stop'],
    ['stops it in whatever way it is up', 'Ready', 'boot 1', 'stop'],
    ['starts what it stopped', 'Stopped', 'boot 1', 'start'],
    ['is over once another boot runs', 'Running', 'boot 0', 'done'],
    ['of a frozen one begins with thawing', 'Frozen', null, 'unfreeze'],
    ['of a stopped one is noted too', 'Stopped', null, 'note-restart'],
    ['waits while something is under way', 'Stopping', 'boot 1', 'wait'],
  ])('%s', (_, status, restartFrom, step) => {
    expect(outcome(plan(desired, instance(status), from(restartFrom)))).toBe(step);
  });
  it('that a stop or a delete overtook is not carried out', () => {
    expect(outcome(plan({ ...desired, power: 'stopped' }, instance('Stopped'), from('boot 1')))).toBe('done');
    expect(outcome(plan({ ...desired, deleted: true }, instance('Stopped'), from('boot 1')))).toBe('delete');
  });
});

describe('an ephemeral instance, which vanishes when it stops,', () => {
  const up = (status = 'Running') => instance(status, { ephemeral: true });
  it.each(['Running', 'Frozen'])('is neither restarted nor stopped while %s', (status) => {
    const restart = plan(wish({ restartGeneration: 1 }), up(status), memory());
    expect(outcome(restart)).toBe('ephemeral');
    expect(outcome(plan(wish({ power: 'stopped' }), up(status), memory()))).toBe('ephemeral');
  });
  it('may run, be found stopped and be deleted', () => {
    expect(outcome(plan(wish(), up(), memory()))).toBe('done');
    expect(outcome(plan(wish({ power: 'stopped' }), up('Stopped'), memory()))).toBe('done');
    expect(outcome(plan(wish({ deleted: true }), up(), memory()))).toBe('stop');
  });
});

it('says in plain words why a wish cannot be met', () => {
  const messages = [
    plan(wish(), null, memory()),
    plan(wish(), instance('Running', { ours: false }), memory()),
    plan(wish({ power: 'stopped' }), instance('Running', { ephemeral: true }), memory()),
  ].map((step) => (step.kind === 'fail' ? step.message : ''));
  expect(messages).toEqual([
    expect.stringMatching(/not on its host any more/),
    expect.stringMatching(/It was not touched/),
    expect.stringMatching(/vanishes when it stops/),
  ]);
});
