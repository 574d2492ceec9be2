import { LxdError } from '@lxdm/lxd-client';
import { faultOf } from './fault';

/** What is said to the log. */
class FakeLog {
  readonly lines: string[] = [];
  readonly warn = (line: unknown): void => void this.lines.push(`warn ${String(line)}`);
  readonly error = (line: unknown): void => void this.lines.push(`error ${String(line)}`);
}

const pool = new Error('timeout exceeded when trying to connect');

it.each([
  ['a host that is down', new LxdError('unreachable', 'no route'), 'unreachable', true, 'Wait for the host', []],
  ['a host that refuses', new LxdError('bad-request', 'odd'), 'bad-request', false, 'Wait for the host', []],
  ['the pool', pool, 'database', true, 'Wait for the database', ['warn']],
  [
    'the database',
    Object.assign(new Error('x'), { code: '57P01' }),
    'database',
    true,
    'Wait for the database',
    ['warn'],
  ],
  ['a fault of our own', new TypeError('undefined is no function'), 'server', true, 'Try again', ['error']],
  ['nothing sensible', 'what?', 'server', true, 'Try again', ['error']],
] as const)('%s is named for what it is', (_, error, code, retryable, step, logged) => {
  const log = new FakeLog();
  expect(faultOf(error, log)).toMatchObject({ code, retryable, step });
  expect(log.lines.map((line) => line.split(' ')[0])).toEqual(logged);
});

it('a fault of the database is not told in its own words to whoever asked, and is to the log', () => {
  const log = new FakeLog();
  expect(faultOf(pool, log).message).toBe("The manager's database did not answer in time.");
  expect(log.lines.join()).toContain(pool.message);
});
