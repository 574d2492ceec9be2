import { ChangeListener, ChangesRepository } from '@lxdm/entities';
import { gauge } from '@lxdm/runtime';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { ticketOf } from '../session/actor';
import { SessionEndings } from '../session/session-endings';
import { deliver } from './change-batch';
import { ChangeReader } from './change-reader';
import type { EventStream } from './event-stream';
import { ViewerRefresh } from './viewer-refresh';

const PING_MS = 15_000;
const REFRESH_MS = 5_000;
const RETRY_MS = 1_000;

const open = gauge('lxdm_event_streams', 'How many event streams are open');

/** Sends what was committed to the open streams of this process: one reader of the feed, however many streams. */
@Injectable()
export class EventHub implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(EventHub.name);
  private readonly streams = new Set<EventStream>();
  private readonly timers: NodeJS.Timeout[] = [];
  private retry: NodeJS.Timeout | undefined;
  private pumping = false;
  private again = false;

  constructor(
    private readonly listener: ChangeListener,
    private readonly changes: ChangesRepository,
    private readonly reader: ChangeReader,
    private readonly viewers: ViewerRefresh,
    private readonly endings: SessionEndings,
  ) {}

  onApplicationBootstrap(): void {
    this.listener.on('change', () => this.wake());
    // Whatever was announced while nobody listened is found in the feed itself.
    this.listener.on('connected', () => this.wake());
    this.listener.on('disconnected', (reason) => this.log.warn(`announcements are not heard: ${reason}`));
    this.listener.start();
    this.endings.on('ended', (ticket) => {
      for (const stream of this.streams) if (ticketOf(stream.actor) === ticket) stream.bye();
    });
    this.endings.on('changed', () => this.soon());
    this.every(PING_MS, () => this.ping());
    this.every(REFRESH_MS, () => this.refresh());
    this.every(PING_MS, () => this.drift());
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    clearTimeout(this.retry);
    for (const stream of this.streams) stream.end();
    await this.listener.close();
  }

  /** How many streams there are, of all sessions and tokens or of one. */
  count(ticket?: string): number {
    return [...this.streams].filter((stream) => ticket === undefined || ticketOf(stream.actor) === ticket).length;
  }

  /** The first and last entry of the feed. */
  bounds(): Promise<{ first: number; last: number }> {
    return this.changes.bounds();
  }

  /** Feeds a stream from its position on, until `leave` is called with it. */
  join(stream: EventStream): void {
    this.streams.add(stream);
    stream.onDrain(() => this.wake());
    open.set(this.streams.size);
    this.wake();
  }

  leave(stream: EventStream): void {
    this.streams.delete(stream);
    open.set(this.streams.size);
  }

  /** Looks at the feed, now or as soon as the present look is over; never rejects. */
  private wake(): void {
    if (this.pumping) this.again = true;
    else void this.pump();
  }

  private async pump(): Promise<void> {
    this.pumping = true;
    try {
      do {
        this.again = false;
        while (await this.tellNext());
      } while (this.again);
    } catch (error) {
      this.log.warn(`changes cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.wake(), RETRY_MS).unref();
    } finally {
      this.pumping = false;
    }
  }

  /** One batch, from the position of the ready stream that is furthest behind; false when none lacks anything. */
  private async tellNext(): Promise<boolean> {
    const streams = this.openStreams().filter((stream) => stream.isReady);
    if (streams.length === 0) return false;
    const batch = await this.reader.after(Math.min(...streams.map((stream) => stream.position)));
    if (!batch) return false;
    if (batch.peopleChanged) await this.viewers.refresh(streams, batch);
    for (const stream of streams) {
      deliver(batch.items, stream);
      stream.position = Math.max(stream.position, batch.last);
    }
    return true;
  }

  private async refresh(): Promise<void> {
    await this.viewers.refresh(this.openStreams(), null);
    // An announcement can get lost with its connection before anybody notices: the feed is looked at regardless.
    this.wake();
  }

  private async drift(): Promise<void> {
    if (this.streams.size === 0) return;
    const items = await this.reader.drifted();
    if (items.length === 0) return;
    for (const stream of this.openStreams()) {
      // This is in no feed: a reader that is behind has to come back, and load anew.
      if (stream.isReady) deliver(items, stream);
      else stream.cut();
    }
  }

  private async ping(): Promise<void> {
    for (const stream of this.openStreams()) stream.ping();
  }

  private openStreams(): EventStream[] {
    return [...this.streams].filter((stream) => stream.isOpen);
  }

  /** Looks at once at what everybody may see; the next look of the clock makes up for one that fails. */
  private soon(): void {
    this.safely(() => this.refresh());
  }

  private every(milliseconds: number, work: () => Promise<void>): void {
    this.timers.push(setInterval(() => this.safely(work), milliseconds).unref());
  }

  private safely(work: () => Promise<void>): void {
    work().catch((error: unknown) =>
      this.log.warn(`event streams: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
}
