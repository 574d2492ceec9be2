import { Injectable, Logger } from '@nestjs/common';
import { AddressWatch } from './address-watch';
import { HostSync } from './host-sync';

/** The shortest pause between two scans of one host, in milliseconds. */
const PAUSE_MS = 100;
/** The pause while a container is awaited to get its address. */
const AWAITING_MS = 300;

interface HostQueue {
  running: boolean;
  again: boolean;
  extras: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** When hosts are scanned: at most one scan a host at a time, and one more for whatever was asked meanwhile. */
@Injectable()
export class HostScans {
  private readonly log = new Logger(HostScans.name);
  private readonly queues = new Map<string, HostQueue>();
  private closed = false;

  constructor(
    private readonly sync: HostSync,
    private readonly awaiting: AddressWatch,
  ) {}

  /** Asks for a scan soon; `extras` for memory and images too. */
  request(hostId: string, extras = false): void {
    if (this.closed) return;
    const queue = this.queues.get(hostId) ?? { running: false, again: false, extras: false, timer: undefined };
    this.queues.set(hostId, queue);
    queue.extras ||= extras;
    if (queue.running) queue.again = true;
    // A scan is on its way: a storm of events must not make it come without a pause.
    else if (queue.timer === undefined) this.start(hostId, queue);
  }

  close(): void {
    this.closed = true;
    for (const queue of this.queues.values()) clearTimeout(queue.timer);
  }

  private start(hostId: string, queue: HostQueue): void {
    queue.timer = undefined;
    queue.running = true;
    queue.again = false;
    const extras = queue.extras;
    queue.extras = false;
    void this.sync
      .scan(hostId, extras)
      .catch((error: unknown) => {
        // The database is away, or a rule is wrong: the next scan is due in 30 s at the latest.
        this.log.error(error);
        return false;
      })
      .then((answered) => this.ended(hostId, queue, answered));
  }

  private ended(hostId: string, queue: HostQueue, answered: boolean): void {
    queue.running = false;
    if (this.closed) return;
    const soon = queue.again ? PAUSE_MS : answered && this.awaiting.isDue(hostId) ? AWAITING_MS : undefined;
    if (soon === undefined && !queue.extras) this.queues.delete(hostId);
    else queue.timer = setTimeout(() => this.start(hostId, queue), soon ?? PAUSE_MS);
  }
}
