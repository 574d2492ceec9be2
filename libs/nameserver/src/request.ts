import { HEADER_LENGTH, QUESTION_TAIL } from './message-layout';
import { nameKey } from './name';
import { Rcode } from './rcode';

/** What the OPT record of a request says (RFC 6891 §6.1.2). */
export interface RequestEdns {
  /** Largest UDP answer that the client takes; at least 512. */
  readonly udpOctets: number;
  /** The DO bit, which an answer repeats (RFC 3225 §3). */
  readonly dnssecOk: boolean;
  /** True when the client asks which server this is (RFC 5001). */
  readonly wantsNsid: boolean;
  /** True when the client asks how long a connection may rest (RFC 7828 §3.2). */
  readonly wantsKeepalive: boolean;
  /** Where the data of the first COOKIE option begins, and its length; 0 without one (RFC 7873 §5.2). */
  readonly cookieAt: number;
  readonly cookieOctets: number;
}

/** What stands behind the question. */
export interface BehindQuestion {
  /** Where the TSIG record begins; 0 when the message is not signed. */
  tsigAt: number;
  edns: RequestEdns | undefined;
}

/** A message that deserves an answer. */
export class Request {
  readonly tsigAt: number;
  readonly edns: RequestEdns | undefined;
  private name: string | undefined;

  constructor(
    /** NOERROR when the question can be looked up; otherwise the answer. */
    readonly rcode: number,
    private readonly packet: Uint8Array,
    /** Where the question ends; 12, the end of the header, when the answer does not repeat it. */
    readonly questionEnd: number,
    readonly type: number,
    /** True for QCLASS *: nobody has authority over all classes (RFC 1035 §6.2). */
    readonly anyClass: boolean,
    { tsigAt, edns }: BehindQuestion,
  ) {
    this.tsigAt = tsigAt;
    this.edns = edns;
  }

  /** An answer that repeats no question. */
  static withoutQuestion(rcode: number, behind: BehindQuestion = NOTHING_BEHIND): Request {
    return new Request(rcode, NO_PACKET, HEADER_LENGTH, 0, false, behind);
  }

  get hasQuestion(): boolean {
    return this.questionEnd > HEADER_LENGTH;
  }

  /** A question that can be looked up. */
  get isSound(): boolean {
    return this.hasQuestion && this.rcode === Rcode.NOERROR;
  }

  /**
   * The lower-cased name asked for, as maps of names are keyed; empty without a question. Made when it is first wanted, as an answer that
   * is remembered never wants it.
   */
  get key(): string {
    return (this.name ??= this.hasQuestion
      ? nameKey(this.packet, HEADER_LENGTH, this.questionEnd - QUESTION_TAIL)
      : '');
  }
}

const NOTHING_BEHIND: BehindQuestion = { tsigAt: 0, edns: undefined };
const NO_PACKET = new Uint8Array(0);
