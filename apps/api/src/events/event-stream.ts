import type { Response } from 'express';
import { seesProject, Viewer } from '../projects/viewer';
import type { Actor } from '../session/actor';

/** How much may wait for a slow reader, in bytes: a full list of a few thousand containers fits, a reader that stands still does not. */
const MAX_WAITING = 4 * 1024 * 1024;

/** One open event stream (HTML Living Standard §9.2) and what its viewer may see. */
export class EventStream {
  private ended = false;

  constructor(
    private readonly response: Response,
    public actor: Actor,
    public viewer: Viewer,
    /** Everything up to this entry of the change feed has been sent, or was loaded by the viewer itself. */
    public position: number,
    private readonly maxWaiting = MAX_WAITING,
  ) {}

  get isOpen(): boolean {
    return !this.ended && !this.response.destroyed;
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
    this.response.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`);
    // A reader that does not read is cut, rather than fed from memory; it resumes from the last event that it got.
    if (this.response.writableLength > this.maxWaiting) this.cut();
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

  private cut(): void {
    this.ended = true;
    this.response.destroy();
  }
}
