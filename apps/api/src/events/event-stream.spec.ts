import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import type { Actor } from '../session/actor';
import { deliver } from './change-batch';
import { EventStream } from './event-stream';

class FakeResponse extends EventEmitter {
  text = '';
  writableLength = 0;
  destroyed = false;
  ended = false;
  full = false;
  write(text: string): boolean {
    this.text += text;
    return !this.full;
  }
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

let now = 0;
let response: FakeResponse;
let stream: EventStream;
const actor: Actor = {
  sessionId: 's',
  userId: 'u',
  username: 'u',
  displayName: 'u',
  kind: 'person',
  isAdmin: false,
  canSudo: false,
  sudoUntil: null,
  means: 'session',
  tokenId: null,
  scope: 'write',
  address: '',
  requestId: '',
  expiresAt: new Date(),
  tokenHash: '',
};
beforeEach(() => {
  now = 0;
  response = new FakeResponse();
  stream = new EventStream(
    response as unknown as Response,
    actor,
    { userId: 'u', isAdmin: false, kind: 'person', roles: new Map([['p', 'viewer']]) },
    10,
    () => now,
  );
});

it('writes events as the standard has them', () => {
  stream.send('container', '{"a":1}', 7);
  stream.ping();
  expect(response.text).toBe('event: container\nid: 7\ndata: {"a":1}\n\nevent: ping\ndata: {}\n\n');
});

it('delivers what is new and visible', () => {
  const item = (seq: number | null, projectId: string | null | undefined, data: string) => ({
    seq,
    event: 'container' as const,
    projectId,
    data: () => data,
  });
  deliver(
    [
      item(10, 'p', '"old"'),
      item(11, 'p', '"mine"'),
      item(12, 'q', '"foreign"'),
      item(13, null, '"admins"'),
      item(14, undefined, '"all"'),
      item(null, 'p', '"now"'),
    ],
    stream,
  );
  expect([...response.text.matchAll(/data: "(\w+)"/g)].map(([, word]) => word)).toEqual(['mine', 'all', 'now']);
});

it('is not ready while much waits', () => {
  expect(stream.isReady).toBe(true);
  response.writableLength = 300_000;
  expect(stream.isReady).toBe(false);
});

it('cuts a reader that has stood still for too long, and only such a one', () => {
  response.full = true;
  stream.send('x', '{}');
  now = 29_000;
  stream.ping();
  expect(response.destroyed).toBe(false);
  const ready = jest.fn();
  stream.onDrain(ready);
  response.emit('drain');
  expect(ready).toHaveBeenCalledTimes(1);
  now = 40_000;
  stream.ping();
  expect(response.destroyed).toBe(false);
  now = 71_000;
  stream.ping();
  expect(response.destroyed).toBe(true);
  expect(stream.isOpen).toBe(false);
});

it('says bye once and nothing afterwards', () => {
  stream.bye();
  stream.bye();
  stream.send('x', '{}');
  expect(response.text).toBe('event: bye\ndata: {}\n\n');
  expect(response.ended).toBe(true);
});
