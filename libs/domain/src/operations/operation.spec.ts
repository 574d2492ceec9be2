import { deadlineSeconds, OPERATION_TYPES, OperationType, verdictOf } from './operation';

const RUNNING = { power: 'running', deleted: false } as const;
const STOPPED = { power: 'stopped', deleted: false } as const;
const DELETED = { power: 'running', deleted: true } as const;
const ADOPTED = { power: null, deleted: false } as const;
const GONE = { power: null, deleted: true } as const;

const verdict = (type: OperationType, desired: Parameters<typeof verdictOf>[1]): string => {
  const found = verdictOf(type, desired);
  return found.status === 'Success' ? 'done' : (/a later (\w+) was/.exec(found.message)?.[1] ?? found.message);
};

it.each([
  ['container.create', 'done', 'done', 'delete'],
  ['container.start', 'done', 'stop', 'delete'],
  ['container.restart', 'done', 'stop', 'delete'],
  ['container.stop', 'start', 'done', 'delete'],
  ['container.delete', 'start', 'stop', 'done'],
  ['container.redeploy-keys', 'done', 'done', 'delete'],
] as const)('%s, when the container is settled as running, stopped, deleted', (type, running, stopped, deleted) => {
  expect(verdict(type, RUNNING)).toBe(running);
  expect(verdict(type, STOPPED)).toBe(stopped);
  expect(verdict(type, DELETED)).toBe(deleted);
});

it('a stopped container that is then deleted was overtaken by the delete', () => {
  expect(verdictOf('container.stop', { power: 'stopped', deleted: true })).toEqual({
    status: 'Cancelled',
    code: 'superseded',
    message: 'Superseded: a later delete was asked for before this was done.',
  });
});

it.each([
  ['host.add', 'done', 'removal'],
  ['host.confirm', 'done', 'removal'],
  ['host.remove', 'start', 'done'],
] as const)('%s, when the host is settled as kept, removed', (type, kept, removed) => {
  expect(verdict(type, ADOPTED)).toBe(kept);
  expect(verdict(type, GONE)).toBe(removed);
});

it.each(OPERATION_TYPES)('%s has a deadline', (type) => {
  expect(deadlineSeconds(type)).toBeGreaterThanOrEqual(120);
  expect(deadlineSeconds(type)).toBeLessThanOrEqual(900);
});
