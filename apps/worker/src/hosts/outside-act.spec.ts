import type { LifecycleEvent, LifecycleMetadata } from '@lxdm/lxd-client';
import { outsideAct } from './outside-act';

const OWN = 'ab'.repeat(32);
const host = { id: 'h1', name: 'node1' };
const event = (metadata: Partial<LifecycleMetadata>, rest: Partial<LifecycleEvent> = {}): LifecycleEvent => ({
  type: 'lifecycle',
  timestamp: '2026-11-23T18:22:50.733786931Z',
  project: 'default',
  ...rest,
  metadata: { action: 'instance-started', source: '/1.0/instances/web1', ...metadata },
});
const root = { username: 'root', protocol: 'unix', address: '@' };

describe('outsideAct', () => {
  it('reads an event as LXD 5.0.2 sends it', () => {
    expect(outsideAct(host, event({ requestor: root }), OWN)).toEqual({
      key: 'h1 2026-11-23T18:22:50.733786931Z instance-started /1.0/instances/web1 root (unix socket of node1)',
      hostId: 'h1',
      name: 'web1',
      verb: 'started',
      at: new Date('2026-11-23T18:22:50.733Z'),
      actorName: 'root (unix socket of node1)',
      address: null,
      unsigned: false,
      detail: { host: 'node1' },
    });
  });

  it.each([
    ['nobody named', {}, 'somebody on node1', null, true],
    [
      'another certificate',
      { username: 'cd'.repeat(32), protocol: 'tls', address: '192.0.2.1:55' },
      'certificate cdcdcdcdcdcd on node1',
      '192.0.2.1:55',
      false,
    ],
    [
      'somebody by OIDC',
      { username: 'ada@example.org', protocol: 'oidc', address: '192.0.2.1:55' },
      'ada@example.org on node1',
      '192.0.2.1:55',
      false,
    ],
  ] as const)('names %s', (_what, requestor, actorName, address, unsigned) => {
    const given = 'username' in requestor ? { requestor } : {};
    expect(outsideAct(host, event(given), OWN)).toMatchObject({ actorName, address, unsigned });
  });

  it.each([
    ['our own doing', { requestor: { username: OWN, protocol: 'tls', address: '192.0.2.1:55' } }],
    ['an image', { action: 'image-created', source: '/1.0/images/abc' }],
    ['a look', { action: 'instance-log-retrieved' }],
    ['a look at a file', { action: 'instance-file-retrieved' }],
    ['another project of LXD', { source: '/1.0/instances/web1?project=other' }],
    ['a name that is none', { source: '/1.0/instances/..%2f' }],
    ['an action that is none', { action: 'instance-"><script>' }],
  ])('leaves out %s', (_what, metadata) => {
    expect(outsideAct(host, event(metadata), OWN)).toBeNull();
  });

  it('leaves out what happens in another project of LXD, and at no time', () => {
    expect(outsideAct(host, event({}, { project: 'other' }), OWN)).toBeNull();
    expect(outsideAct(host, event({}, { timestamp: 'soon' }), OWN)).toBeNull();
  });

  it('keeps no command', () => {
    const act = outsideAct(host, event({ action: 'instance-exec', context: { command: ['psql', 'hunter2'] } }), OWN);
    expect(act?.verb).toBe('exec');
    expect(JSON.stringify(act)).not.toContain('hunter2');
  });

  it('survives a requestor that says anything', () => {
    const requestor = { username: 'a\0'.repeat(500), protocol: 'unix' };
    const act = outsideAct(host, event({ requestor }), OWN);
    expect(act?.actorName).not.toContain('\0');
    expect(act?.actorName.length).toBeLessThan(300);
  });
});
