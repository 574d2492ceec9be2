import { computed, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionStore } from '../session/session.store';
import { FakeEventSource } from '../testing/fake-event-source';
import { openEventSource } from './event-source';
import type { LiveEvent } from './live-event';
import { LiveStream } from './live-stream';

class FakeSession {
  readonly here = signal(true);
  readonly signedIn = computed(() => this.here());
  valid = true;
  checks = 0;
  check(): Promise<void> {
    this.checks += 1;
    if (!this.valid) this.here.set(false);
    return Promise.resolve();
  }
}

describe('LiveStream', () => {
  let session: FakeSession;
  let stream: LiveStream;
  let heard: LiveEvent[];

  beforeEach(() => {
    vi.useFakeTimers();
    FakeEventSource.opened.length = 0;
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        { provide: SessionStore, useValue: session },
        { provide: openEventSource, useValue: (url: string) => new FakeEventSource(url) },
      ],
    });
    stream = TestBed.inject(LiveStream);
    heard = [];
    stream.events.subscribe((event) => heard.push(event));
    stream.start();
  });
  afterEach(() => {
    stream.stop();
    vi.useRealTimers();
  });

  it('is live once greeted, and has pages load again what they loaded before', () => {
    expect(stream.state()).toBe('connecting');
    FakeEventSource.last.says('hello', { seq: 7 }, '7');
    expect(stream.state()).toBe('live');
    expect(heard).toEqual([{ of: 'reset' }]);
  });

  it('passes on what is and what is gone', () => {
    FakeEventSource.last.says('container', { id: 'c1', name: 'web1' }, '8');
    FakeEventSource.last.says('host', { id: 'h1', removed: true }, '9');
    expect(heard).toEqual([
      { of: 'container', change: { kind: 'is', item: { id: 'c1', name: 'web1' } } },
      { of: 'host', change: { kind: 'gone', id: 'h1' } },
    ]);
  });

  it.each([[null], ['text'], [{}], [{ id: 3 }]])('ignores what is no change: %o', (data) => {
    FakeEventSource.last.says('container', data, '8');
    expect(heard).toEqual([]);
  });

  it('leaves a short break to the browser, and loads nothing again after it', () => {
    FakeEventSource.last.says('hello', {}, '7');
    FakeEventSource.last.fails(false);
    expect(stream.state()).toBe('retrying');
    FakeEventSource.last.says('hello', {}, '7');
    expect(stream.state()).toBe('live');
    expect(FakeEventSource.opened).toHaveLength(1);
    expect(heard).toEqual([{ of: 'reset' }]);
  });

  it('loads again after a break if there was nothing to resume from', () => {
    FakeEventSource.last.says('hello');
    FakeEventSource.last.fails(false);
    FakeEventSource.last.says('hello');
    expect(heard).toEqual([{ of: 'reset' }, { of: 'reset' }]);
  });

  it('says reset when the server does', () => {
    FakeEventSource.last.says('hello', {}, '7');
    FakeEventSource.last.says('reset', {}, '900');
    expect(heard).toHaveLength(2);
  });

  it('resumes by query where the browser gave up, waiting longer each time', async () => {
    FakeEventSource.last.says('operation', { id: 'o1' }, '41');
    FakeEventSource.last.fails(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(FakeEventSource.opened).toHaveLength(2);
    expect(FakeEventSource.last.url).toBe('/api/events?lastEventId=41');
    FakeEventSource.last.fails(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(FakeEventSource.opened).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(FakeEventSource.opened).toHaveLength(3);
  });

  it('asks whether the session lives before it tries again, and stops when it does not', async () => {
    session.valid = false;
    FakeEventSource.last.fails(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.checks).toBe(1);
    expect(FakeEventSource.opened).toHaveLength(1);
  });

  it('takes bye for what it is', async () => {
    session.valid = false;
    FakeEventSource.last.says('bye');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.checks).toBe(1);
    expect(FakeEventSource.opened).toHaveLength(1);
  });

  it('opens anew when not even a ping came', async () => {
    FakeEventSource.last.says('hello', {}, '7');
    await vi.advanceTimersByTimeAsync(40_000);
    FakeEventSource.last.says('ping');
    await vi.advanceTimersByTimeAsync(40_000);
    expect(FakeEventSource.opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(FakeEventSource.opened).toHaveLength(2);
    expect(FakeEventSource.opened[0]?.readyState).toBe(2);
  });

  it('hears nothing from a stream that it left', () => {
    const old = FakeEventSource.last;
    stream.stop();
    stream.start();
    old.says('container', { id: 'c1' }, '8');
    expect(heard).toEqual([]);
    expect(FakeEventSource.last.url).toBe('/api/events');
  });

  it('tries at once when asked to', () => {
    FakeEventSource.last.fails(true);
    stream.retryNow();
    expect(FakeEventSource.opened).toHaveLength(2);
  });
});
