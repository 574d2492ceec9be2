import { RemoteInfo } from 'node:dgram';
import { allocate, Allocate, allocateAgain } from '../allocate';
import { DEFAULT_UDP_OCTETS } from '../opt';

type Client = Pick<RemoteInfo, 'port' | 'address'>;

/** What a dgram socket does for it. */
export interface DatagramSender {
  send: (message: Uint8Array, port: number, address: string) => void;
  /** How many datagrams the system has not taken yet. */
  getSendQueueCount: () => number;
}

/** As many as libuv reads from a socket before it lets anything else happen. */
const MOST = 32;

/**
 * The answers of one turn of the event loop, sent together at its end: the first wakes the client, and those that follow at once find
 * it awake. Sent one by one, as they are made, each would wake it again, which costs more than the sending.
 */
export class UdpOutbox {
  private readonly memories = Array.from({ length: MOST }, () => allocateAgain(DEFAULT_UDP_OCTETS));
  private readonly answers: Buffer[] = [];
  private readonly clients: Client[] = [];
  private isFree = true;
  private sending: NodeJS.Immediate | undefined;

  constructor(private readonly socket: DatagramSender) {}

  /** Where the next answer is written: not where one stands that the system has not taken yet. */
  get memory(): Allocate {
    const { length } = this.answers;
    if (length === 0) this.isFree = this.socket.getSendQueueCount() === 0;
    return (this.isFree && this.memories[length]) || allocate;
  }

  /** Takes an answer, which goes out before long. */
  add(answer: Buffer, client: Client): void {
    this.clients.push(client);
    if (this.answers.push(answer) === MOST) this.send();
    else this.sending ??= setImmediate(this.send);
  }

  /** Sends what waits. */
  readonly send = (): void => {
    if (this.sending) clearImmediate(this.sending);
    this.sending = undefined;
    const { answers, clients, socket } = this;
    for (let i = 0; i < answers.length; i++) {
      const { port, address } = clients[i] as Client;
      socket.send(answers[i] as Buffer, port, address);
    }
    answers.length = clients.length = 0;
  };
}
