import { TransferHead, TransferMessages } from './transfer-messages';
import { Transfer } from './transfer-request';

/** A transfer in one datagram, or the zone's SOA alone, which tells the client to come back over TCP (RFC 1995 §2). */
export function transferDatagram(head: TransferHead, { records, onEnd }: Transfer): Buffer | undefined {
  // Signed once it is known which of the two it is: every signature covers those before it.
  const unsigned = { ...head, sign: undefined };
  const whole = new TransferMessages(unsigned, records);
  let message = whole.next();
  let sent = whole;
  const complete = whole.done;
  whole.stop();
  if (!complete && whole.first) {
    sent = new TransferMessages(unsigned, [whole.first]);
    message = sent.next();
  }
  const wire = message && head.sign ? head.sign(message) : message;
  onEnd?.({ complete, messages: 1, records: sent.recordCount, octets: wire?.length ?? 0 });
  return wire;
}
