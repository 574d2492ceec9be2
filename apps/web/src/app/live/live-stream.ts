import { computed, inject, Injectable, signal } from '@angular/core';
import { Subject } from 'rxjs';
import { SessionStore } from '../session/session.store';
import { openEventSource } from './event-source';
import { liveTopics, readChange, type LiveEvent } from './live-event';

export type LiveState = 'off' | 'connecting' | 'live' | 'retrying';

/** The server pings every 15 s; three silent periods mean that the line is dead, whatever the socket says. */
const silence = 45_000;
const firstWait = 1_000;
const longestWait = 30_000;

/**
 * The one event stream of the console. The browser reconnects by itself and sends Last-Event-ID; this service takes
 * over where it gives up (an answer that is no stream) or does not notice (a silent line).
 */
@Injectable({ providedIn: 'root' })
export class LiveStream {
  private readonly open = inject(openEventSource);
  private readonly session = inject(SessionStore);
  private readonly current = signal<LiveState>('off');
  private readonly subject = new Subject<LiveEvent>();
  private source: EventSource | null = null;
  private lastEventId = '';
  private resumed = false;
  private wait = firstWait;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;

  readonly state = this.current.asReadonly();
  readonly isLive = computed(() => this.current() === 'live');
  readonly events = this.subject.asObservable();

  start(): void {
    if (this.current() !== 'off') return;
    this.current.set('connecting');
    this.connect();
  }

  stop(): void {
    this.drop();
    this.lastEventId = '';
    this.wait = firstWait;
    this.current.set('off');
  }

  /** For the indicator's button: do not wait for the next attempt. */
  retryNow(): void {
    if (this.current() === 'off' || this.current() === 'live') return;
    this.drop();
    this.connect();
  }

  private connect(): void {
    this.resumed = this.lastEventId !== '';
    const query = this.resumed ? `?lastEventId=${encodeURIComponent(this.lastEventId)}` : '';
    const source = this.open(`/api/events${query}`);
    this.source = source;
    const on = (name: string, handle: (event: MessageEvent<string>) => void): void =>
      source.addEventListener(name, (event: MessageEvent<string>) => {
        if (source !== this.source) return;
        this.heard(event);
        handle(event);
      });
    on('hello', () => this.greeted());
    on('ping', () => undefined);
    on('reset', () => this.subject.next({ of: 'reset' }));
    on('bye', () => void this.refused());
    for (const topic of liveTopics) on(topic, (event) => this.publish(topic, event.data));
    source.addEventListener('error', () => {
      if (source === this.source) this.failed(source);
    });
    this.watch();
  }

  private heard(event: MessageEvent<string>): void {
    if (event.lastEventId !== '') this.lastEventId = event.lastEventId;
    this.watch();
  }

  private greeted(): void {
    this.wait = firstWait;
    this.current.set('live');
    // Nothing to resume from: what was loaded before the stream stood may already be old.
    if (!this.resumed) this.subject.next({ of: 'reset' });
  }

  private publish(topic: (typeof liveTopics)[number], text: string): void {
    const change = readChange(parsed(text));
    if (change === null) return;
    this.subject.next({ of: topic, change } as LiveEvent);
  }

  private failed(source: EventSource): void {
    this.current.set('retrying');
    this.resumed = this.lastEventId !== '';
    // Not closed: the browser reconnects with Last-Event-ID; only the silence timer may interfere.
    if (source.readyState === source.CLOSED) void this.refused();
  }

  /** The server answered, but with no stream: signed out, or not ready. */
  private async refused(): Promise<void> {
    this.drop();
    this.current.set('retrying');
    await this.session.check();
    if (this.session.signedIn() && this.current() === 'retrying') this.later();
  }

  private later(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, longestWait);
  }

  private watch(): void {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(() => {
      this.drop();
      this.current.set('retrying');
      this.connect();
    }, silence);
  }

  private drop(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.silenceTimer);
    this.source?.close();
    this.source = null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
