import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Tells the rest of this process that sessions or tokens were closed here, or what their users may do has changed. */
@Injectable()
export class SessionEndings extends EventEmitter<{ ended: [ticket: string]; changed: [] }> {
  /** Ends the streams of those sessions and tokens. */
  end(tickets: readonly string[]): void {
    for (const ticket of tickets) this.emit('ended', ticket);
  }

  /** Makes every stream look again at what its viewer may see. */
  change(): void {
    this.emit('changed');
  }
}
