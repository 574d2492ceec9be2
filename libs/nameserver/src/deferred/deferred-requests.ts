import { Protocol } from '../responder';
import { OptContents, OptWriter } from '../opt';
import { Rcode } from '../rcode';
import { Request } from '../request';
import { RrType } from '../rr-type';
import { transferDatagram } from '../transfer/datagram';
import { ixfrSerial } from '../transfer/ixfr-serial';
import { TransferAnswer } from '../transfer/transfer-answer';
import { TransferHead, TransferMessages } from '../transfer/transfer-messages';
import { TransferHandler } from '../transfer/transfer-request';
import { signTsig, tsigAnswerOctets, TsigCheck } from '../tsig/tsig';
import { PriorMac } from '../tsig/tsig-mac';
import { TsigError } from '../tsig/tsig-record';
import { Zone } from '../zone';
import { ZoneSet } from '../zone-set';
import { DeferredAnswer } from './deferred-answer';
import { PendingRequests } from './pending-requests';
import { UpdateHandler } from './signed-request';
import { UpdateAnswer } from './update-answer';
import { withoutTsig } from './update-envelope';

/** Who takes what a look-up cannot answer, and how much of it. */
export interface DeferredParts {
  readonly onUpdate?: UpdateHandler | undefined;
  readonly onTransfer?: TransferHandler | undefined;
  readonly onError: (error: unknown) => void;
  readonly limits: {
    readonly pendingRequests: number;
    readonly pendingRequestsPerClient: number;
    readonly updateTimeout: number;
    readonly transferTimeout: number;
  };
  /** Seconds since 1970. */
  readonly seconds: () => number;
}

/** A message on its way through the responder. */
export interface Incoming {
  readonly packet: Buffer;
  readonly zones: ZoneSet;
  readonly protocol: Protocol;
  readonly sender: string;
  readonly signature: TsigCheck | undefined;
}

/** Hands updates and transfers to those who take them, and signs what they say. */
export class DeferredRequests {
  private readonly pending: PendingRequests;

  constructor(private readonly parts: DeferredParts) {
    this.pending = new PendingRequests(parts.limits.pendingRequests, parts.limits.pendingRequestsPerClient);
  }

  /** Whether anybody takes updates. */
  get takesUpdates(): boolean {
    return this.parts.onUpdate !== undefined;
  }

  /** How many requests are at work. */
  get size(): number {
    return this.pending.size;
  }

  /** The answer to an update whose signature holds, or the rcode that refuses it. */
  update({ packet, zones, protocol, sender, signature }: Incoming, tsigAt: number): DeferredAnswer | number {
    const { onUpdate: handler, limits, seconds, onError } = this.parts;
    if (!handler || !signature?.key) return Rcode.REFUSED;
    if (!this.pending.begin(sender)) return Rcode.SERVFAIL;
    const message = withoutTsig(packet, tsigAt);
    const onEnd = () => this.pending.end(sender);
    const parts = { handler, signature, timeout: limits.updateTimeout, seconds, onError, onEnd };
    const { key, record } = signature;
    return new UpdateAnswer({ message, key, mac: record.mac, protocol, sender, zones }, parts);
  }

  /** The answer to an AXFR or IXFR: one datagram, something for later, or the rcode that refuses it. */
  transfer(
    incoming: Incoming,
    request: Request,
    opt: OptWriter,
    contents: OptContents,
    limit: number,
  ): Buffer | DeferredAnswer | number {
    const { packet, zones, protocol, sender, signature } = incoming;
    const { onTransfer, limits } = this.parts;
    const isWhole = request.type === RrType.AXFR;
    const zone = zones.find(request.key);
    if (!onTransfer || !zone || request.anyClass || (isWhole && protocol === 'udp')) return Rcode.REFUSED;
    if (zone.origin.key !== request.key) return Rcode.NOTAUTH;
    if (!(zone instanceof Zone)) return Rcode.SERVFAIL;
    const serial = isWhole ? undefined : ixfrSerial(packet, request.questionEnd);
    if (!isWhole && serial === undefined) return Rcode.FORMERR;
    const granted = onTransfer({ zone, serial, key: signature?.key, protocol, sender });
    if (typeof granted === 'number') return granted;

    const room = limit - (signature ? tsigAnswerOctets(signature) : 0);
    const sign = signature && this.chain(signature);
    // Copied, as it is read for every message while the next request overwrites it.
    const cookie = contents.cookie && Buffer.from(contents.cookie);
    const head: TransferHead = { packet, request, opt, contents: { cookie, keepalive: -1 }, octets: room, sign };
    if (protocol === 'udp') return transferDatagram(head, granted) ?? Rcode.SERVFAIL;
    if (!this.pending.begin(sender)) return Rcode.SERVFAIL;
    const deadline = performance.now() + limits.transferTimeout;
    return new TransferAnswer(new TransferMessages(head, granted.records), deadline, (outcome) => {
      this.pending.end(sender);
      granted.onEnd?.(outcome);
    });
  }

  /** Signs messages one after the other, each MAC covering the one before (RFC 8945 §5.3.1). */
  private chain({ key, record }: TsigCheck): ((message: Buffer) => Buffer) | undefined {
    if (!key) return undefined;
    let prior: PriorMac = { mac: record.mac };
    return (message) => {
      const { wire, mac } = signTsig(message, key, { now: this.parts.seconds(), prior, macOctets: record.mac.length });
      prior = { mac, continued: true };
      return wire;
    };
  }
}

/** True when nothing is wrong with a signature, or there is none. */
export function isUnblemished(signature: TsigCheck | undefined): boolean {
  return signature === undefined || signature.error === TsigError.NONE;
}
