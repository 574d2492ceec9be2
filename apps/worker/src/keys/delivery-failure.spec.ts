import { LxdError } from '@lxdm/lxd-client';
import { failureOf } from './delivery-failure';

const LOG = { warn: () => undefined, error: () => undefined };
const HOST = { name: 'node1', url: 'https://198.51.100.11:8443' };

it.each([
  ['a container that refuses', new LxdError('bad-request', 'a directory'), { final: true, doubtful: true }],
  ['a container that is not there', new LxdError('not-found', 'none'), { final: true, doubtful: false }],
  ['a host with another certificate', new LxdError('certificate-changed', 'x'), { final: true, doubtful: false }],
  ['a host that is not to be had', new LxdError('unreachable', 'x'), { final: false, doubtful: false }],
  ['somebody who keeps us waiting', new LxdError('timeout', 'x'), { final: false, doubtful: false }],
  [
    'a fault of ours',
    new TypeError('x'),
    { final: false, doubtful: false, message: expect.stringMatching('manager itself') as string },
  ],
])('%s', (_what, error, expected) => {
  expect(failureOf(error, 0, HOST, LOG)).toMatchObject(expected);
});

it('leaves a container alone for longer and longer, and a host never for long', () => {
  const pauses = (error: LxdError): number[] =>
    [0, 1, 2, 5, 20].map((attempts) => failureOf(error, attempts, HOST, LOG).retryInSeconds);
  expect(pauses(new LxdError('bad-request', 'x'))).toEqual([15, 30, 60, 480, 600]);
  expect(pauses(new LxdError('timeout', 'x'))).toEqual([15, 30, 60, 480, 600]);
  expect(Math.max(...pauses(new LxdError('unreachable', 'x')))).toBeLessThanOrEqual(20);
});

it('tells the name of a host and not its address, and not more words than can be read', () => {
  const error = new LxdError('unreachable', `${HOST.url} refused the connection\0 ${'x'.repeat(1_000)}`);
  const { message } = failureOf(error, 0, HOST, LOG);
  expect(message).toMatch(/^node1 refused the connection\uFFFD/);
  expect(message).toHaveLength(500);
});
