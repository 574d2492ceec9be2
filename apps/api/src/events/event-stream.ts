import type { Response } from 'express';
import { seesProject, Viewer } from '../projects/viewer';
import type { Actor } from '../session/actor';

/** A reader with more than this waiting for it gets nothing new until it has read, in bytes: it falls behind in the feed, not in our memory. */
const READY_BELOW = 256 * 1024;

/** A reader that has taken nothing for so long is cut; it resumes from the last event that it got. */
const PATIENCE_MS = 30_000;

/** One open event stream (HTML Living Standard §9.2) and what its viewer may see. */
export class EventStream {
  private ended = false;

  private blockedSince: number | null = null;

  constructor(
    private readonly response: Response,
    private person: Actor,
    private rights: Viewer,
    /** Everything up to this entry of the change feed has been sent, or was loaded by the viewer itself. */
    public position: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Who reads, as an admin only while their sudo lasts: to the moment, whenever somebody last looked. */
  get actor(): Actor {
    return this.sudoIsOver ? { ...this.person, isAdmin: false, sudoUntil: null } : this.person;
  }

  /** What the reader may see at this moment. */
  get viewer(): Viewer {
    return this.sudoIsOver ? { ...this.rights, isAdmin: false } : this.rights;
  }

  /** What the reader was last known to be allowed to see, on which what was sent is founded. */
  get told(): Viewer {
    return this.rights;
  }

  private get sudoIsOver(): boolean {
    const { sudoUntil } = this.person;
    return sudoUntil !== null && sudoUntil.getTime() <= this.now();
  }

  get isOpen(): boolean {
    return !this.ended && !this.response.destroyed;
  }

  /** True while the reader keeps up. */
  get isReady(): boolean {
    return this.isOpen && this.response.writableLength < READY_BELOW;
  }

  /** Calls back whenever the reader has taken what waited for it. */
  onDrain(ready: () => void): void {
    this.response.on('drain', () => {
      this.blockedSince = null;
      ready();
    });
  }

  /** Takes what its reader is and may see from now on. */
  become(actor: Actor, viewer: Viewer): void {
    this.person = actor;
    this.rights = viewer;
  }

  /** A sign of life; a reader that has stood still for too long is cut instead. */
  ping(): void {
    if (this.blockedSince !== null && this.now() - this.blockedSince > PATIENCE_MS) this.cut();
    else this.send('ping', '{}');
  }

  /** Sends the head of the stream at once, so that the browser knows that it is connected. */
  open(): void {
    this.response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    this.response.flushHeaders();
  }

  sees(projectId: string | null): boolean {
    return seesProject(this.viewer, projectId);
  }

  /** Writes one event; `data` is JSON and therefore one line. */
  send(event: string, data: string, id?: number): void {
    if (!this.isOpen) return;
    const taken = this.response.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`);
    if (!taken) this.blockedSince ??= this.now();
  }

  /** Ends the stream for good: the session is over. */
  bye(): void {
    this.send('bye', '{}');
    this.end();
  }

  /** Ends the stream politely; the browser comes back. */
  end(): void {
    if (!this.ended) this.response.end();
    this.ended = true;
  }

  /** Ends the stream at once, without what waits; the browser comes back. */
  cut(): void {
    this.ended = true;
    this.response.destroy();
  }
}
