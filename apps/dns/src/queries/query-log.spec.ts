import type { QueryEvent } from '@lxdm/nameserver';
import { pino } from 'pino';
import { QueryLog } from './query-log';

const HOSTILE = Buffer.from('\n"}\u001b[2J\\<script>\u0000é', 'utf8');

function event(label: Buffer): QueryEvent {
  const head = Buffer.from('000001000001000000000000', 'hex');
  const packet = Buffer.concat([head, Buffer.of(label.length), label, Buffer.of(0, 0, 1, 0, 1)]);
  return {
    packet,
    sender: '192.0.2.1',
    protocol: 'udp',
    verdict: 'send',
    rcode: 3,
    type: 1,
    truncated: false,
    milliseconds: undefined,
  };
}

function logged(share: number, chances: number[] = []) {
  const written: string[] = [];
  const told: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void told.push(line) });
  let finish: (() => void) | undefined;
  const clock = { now: 1_000 };
  const queries = new QueryLog(
    share,
    (lines, done) => {
      written.push(...lines.trimEnd().split('\n'));
      finish = done;
    },
    log,
    () => chances.shift() ?? 0,
    () => clock.now,
  );
  return { queries, written, told, clock, done: () => finish?.() };
}

it('writes a line of JSON for a question, and a hostile name ends neither line nor string', () => {
  const { queries, written } = logged(1);
  queries.note(event(HOSTILE));
  queries.flush();
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(written[0] ?? '')).toEqual({
    time: 1_000,
    name: 'dns',
    msg: 'query',
    client: '192.0.2.1',
    protocol: 'udp',
    question: '\\010\\"\\125\\027\\0912J\\092\\060script\\062\\000\\195\\169.',
    type: 'A',
    rcode: 'NXDOMAIN',
    truncated: false,
    verdict: 'send',
  });
});

it('writes the share that was asked for', () => {
  const { queries, written } = logged(0.25, [0.1, 0.3, 0.24, 0.25, 0.99]);
  for (let n = 0; n < 5; n++) queries.note(event(Buffer.from('a')));
  queries.flush();
  expect(written).toHaveLength(2);
  expect([queries.on, logged(0).queries.on]).toEqual([true, false]);
});

it('writes at most so many lines a second and says how many it left out', () => {
  const { queries, written, told, clock, done } = logged(1);
  for (let n = 0; n < 5_000; n++) queries.note(event(Buffer.from('a')));
  queries.flush();
  expect(written).toHaveLength(1_000);
  expect(told.join()).toContain('"leftOut":4000');
  done();
  clock.now += 1_000;
  queries.note(event(Buffer.from('a')));
  queries.flush();
  expect(written).toHaveLength(1_001);
});

it('keeps a bounded number while the disk stands still', () => {
  const { queries, written, told, clock, done } = logged(1);
  for (let second = 0; second < 5; second++) {
    for (let n = 0; n < 1_000; n++) queries.note(event(Buffer.from('a')));
    clock.now += 1_000;
  }
  queries.flush();
  done();
  expect(written).toHaveLength(2_000);
  expect(told.join()).toContain('"leftOut":3000');
});
