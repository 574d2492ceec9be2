import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

/** Everybody who listens to /1.0/events. */
export class EventHub {
  private readonly server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  private readonly listeners = new Map<WebSocket, ReadonlySet<string>>();
  private frozen = false;
  private sent = 0;

  get count(): number {
    return this.listeners.size;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer, kinds: ReadonlySet<string>): void {
    this.server.handleUpgrade(request, socket, head, (client) => {
      this.listeners.set(client, kinds);
      client.on('close', () => this.listeners.delete(client));
      client.on('error', () => client.terminate());
      if (this.frozen) client.pause();
    });
  }

  send(type: 'operation' | 'lifecycle', metadata: unknown): void {
    if (this.frozen) return;
    // LXD stamps events to the nanosecond, and so no two alike.
    const nanoseconds = String(this.sent++ % 1_000_000).padStart(6, '0');
    const timestamp = new Date().toISOString().replace('Z', `${nanoseconds}Z`);
    const text = JSON.stringify({ type, timestamp, metadata, location: 'none', project: 'default' });
    for (const [client, kinds] of this.listeners) {
      if (kinds.has(type) && client.readyState === WebSocket.OPEN) client.send(text);
    }
  }

  /** Something that no daemon should send; a client has to live through it. */
  sendRaw(text: string): void {
    for (const client of this.listeners.keys()) client.send(text);
  }

  /** A hung daemon: connections stay, nothing is read or sent, pings are not answered. */
  freeze(frozen: boolean): void {
    this.frozen = frozen;
    for (const client of this.listeners.keys()) {
      if (frozen) client.pause();
      else client.resume();
    }
  }

  /** Cuts every stream without a goodbye. */
  cut(): void {
    for (const client of this.listeners.keys()) client.terminate();
  }
}
