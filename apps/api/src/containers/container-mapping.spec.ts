import type { ContainerView } from '@lxdm/entities';
import { containerOf } from './container-mapping';

const now = new Date('2026-01-01T12:00:00Z');
const view: ContainerView = {
  id: 'c',
  name: 'Web1',
  description: '',
  nesting: false,
  image: 'debian',
  createdAt: now,
  observedAt: null,
  projectId: 'p',
  projectName: 'team',
  hostId: 'h',
  hostName: 'host1',
  desired: { power: 'running', restartGeneration: 0, deleted: false, generation: 2 },
  observed: { status: 'Stopped', created: true, missing: false, generation: 2, restartGeneration: 0, error: null },
  host: {
    deleted: false,
    pin: 'x',
    seenFingerprint: 'x',
    trusted: true,
    generation: 1,
    observedGeneration: 1,
    lastSeenAt: now,
    error: null,
  },
  step: null,
  addresses: [],
};
const sight = { now, isAdmin: false };

it('says nothing of what is not so', () => {
  expect(containerOf(view, sight)).toEqual({
    id: 'c',
    name: 'Web1',
    status: 'Stopped',
    project: { id: 'p', name: 'team' },
    host: { id: 'h', name: 'host1' },
    addresses: [],
    createdAt: '2026-01-01T12:00:00.000Z',
  });
});

it.each([
  ['assigned, not seen', true, false, 'pendingAdd'],
  ['assigned and seen', true, true, undefined],
  ['seen only', false, true, undefined],
])('an address that is %s', (_case, assigned, present, state) => {
  const address = { address: '2001:db8::1', family: 6 as const, interface: 'eth1', assigned, present };
  expect(containerOf({ ...view, addresses: [address] }, sight).addresses).toEqual([
    { address: '2001:db8::1', interface: 'eth1', ...(state && { state }) },
  ]);
});

it('shows the step of an outstanding operation', () => {
  const starting = { ...view, desired: { ...view.desired, generation: 3 }, step: 'start' };
  expect(containerOf(starting, sight)).toMatchObject({ status: 'Starting', pending: true, statusDetail: 'start' });
});

it('keeps the reason of a lost host for admins', () => {
  const lost = { ...view, host: { ...view.host, error: 'connect ECONNREFUSED 192.0.2.1:8443' } };
  expect(containerOf(lost, sight)).toMatchObject({
    status: 'Stopped',
    stale: true,
    statusDetail: 'The host cannot be reached.',
  });
  expect(containerOf(lost, { ...sight, isAdmin: true }).statusDetail).toContain('192.0.2.1');
});
