import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { Answer } from '../answer';
import { isWithinKey, Name } from '../name';
import { isMetaType } from '../rr-type';
import { mirrorAnswer, mirrorQuestion } from './mirror-message';

/** How a question to a mirror ended: found, absent, late, or not sent because it was busy or thought dead. */
export type MirrorOutcome = 'found' | 'absent' | 'late' | 'busy' | 'resting';

/** What a Mirror is made of. */
export interface MirrorOptions {
  /** An IPv4 or IPv6 address. */
  readonly address: string;
  readonly port: number;
  /** The only zone whose names it is asked for. */
  readonly origin: Name;
  /** Questions that may wait for it at once. Default 64. */
  readonly most?: number;
  /** Milliseconds until a question counts as without answer. Default 1,000. */
  readonly timeout?: number;
  /** Answers that are remembered. Default 10,000. */
  readonly remembered?: number;
  /** Milliseconds since 1970; the system's by default. */
  readonly now?: () => number;
  readonly onOutcome?: (outcome: MirrorOutcome) => void;
}

/** No answer of a mirror is believed for longer, in seconds, as its name may become one of ours at any moment. */
const MOST_SECONDS = 60;
/** How long it is believed that a mirror does not have a name, in milliseconds. */
const ABSENT_FOR = 30_000;
/** After so many questions without answer in a row it is left alone for a while. */
const LATE_IN_A_ROW = 8;
const REST = 5_000;

interface Remembered {
  readonly answer: Answer | null;
  readonly until: number;
}

/**
 * Another server that is asked for names that we do not have: beside our own data and never in its way. What it says is
 * remembered for a minute at most; a mirror that is slow, dead or overrun has no such name.
 */
export class Mirror {
  private readonly known = new Map<string, Remembered>();
  private readonly asked = new Map<string, Promise<Answer | null>>();
  private lateInARow = 0;
  private restsUntil = 0;

  constructor(private readonly options: MirrorOptions) {}

  /** Questions that wait for it. */
  get waiting(): number {
    return this.asked.size;
  }

  /** Whether it may be asked at all. Takes a name key. */
  isFor(key: string, type: number): boolean {
    return !isMetaType(type) && isWithinKey(key, this.options.origin.key);
  }

  /** What it said not long ago: null for no such name, undefined when it has to be asked. */
  recall(key: string, type: number): Answer | null | undefined {
    const found = this.known.get(`${type} ${key}`);
    return found && found.until > this.now() ? found.answer : undefined;
  }

  /** Asks it; null when it has no such name, does not answer in time, or has too much to do. Never rejects. */
  ask(key: string, type: number): Promise<Answer | null> {
    const question = `${type} ${key}`;
    const going = this.asked.get(question);
    if (going) return going;
    const { most = 64, onOutcome } = this.options;
    const refusal = this.now() < this.restsUntil ? 'resting' : this.asked.size >= most ? 'busy' : undefined;
    if (refusal) {
      onOutcome?.(refusal);
      return Promise.resolve(null);
    }
    const answer = this.exchange(Name.fromWire(Buffer.from(key, 'latin1')), type).then((found) => {
      this.asked.delete(question);
      return this.note(question, found);
    });
    this.asked.set(question, answer);
    return answer;
  }

  private note(question: string, found: Answer | null | undefined): Answer | null {
    this.options.onOutcome?.(found === undefined ? 'late' : found ? 'found' : 'absent');
    if (found === undefined) {
      if (++this.lateInARow >= LATE_IN_A_ROW) this.restsUntil = this.now() + REST;
      return null;
    }
    this.lateInARow = 0;
    this.remember(question, found);
    return found;
  }

  private remember(question: string, answer: Answer | null): void {
    const { remembered = 10_000 } = this.options;
    const seconds = answer?.answers[0]?.ttl ?? 0;
    this.known.delete(question);
    this.known.set(question, { answer, until: this.now() + (answer ? seconds * 1_000 : ABSENT_FOR) });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= remembered) break;
      this.known.delete(oldest);
    }
  }

  /** One question from a port of its own, which nobody else can know (RFC 5452 §9.2); undefined when no answer came. */
  private exchange(name: Name, type: number): Promise<Answer | null | undefined> {
    const { address, port, timeout = 1_000 } = this.options;
    const question = mirrorQuestion(randomInt(0x1_0000), name, type);
    return new Promise((resolve) => {
      const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
      const timer = setTimeout(() => end(undefined), timeout);
      let ended = false;
      const end = (answer: Answer | null | undefined): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        socket.close();
        resolve(answer);
      };
      // Nobody listens there, or there is no way to it: no answer, as any other silence.
      socket.on('error', () => end(undefined));
      socket.on('message', (reply: Buffer) => {
        const answer = mirrorAnswer(reply, question, MOST_SECONDS);
        // What is no answer may have been made up by anybody: the real one may still come.
        if (answer !== undefined) end(answer);
      });
      // Connected, the system takes datagrams of that address and port only, and tells when nobody listens there.
      // Whoever waits for a connection is told of its failure here, and not by an event.
      const connected = (error?: Error): void => (error ? end(undefined) : socket.send(question));
      socket.connect(port, address, connected);
    });
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
