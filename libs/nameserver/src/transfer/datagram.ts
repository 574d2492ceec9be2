import { TransferHead, TransferMessages } from './transfer-messages';
import { Transfer } from './transfer-request';

/** A transfer in one datagram, or the zone's SOA alone, which tells the client to come back over TCP (RFC 1995 §2). */
export function transferDatagram(head: TransferHead, { records, onEnd }: Transfer): Buffer | undefined {
  const messages = new TransferMessages(head, records);
  const wire = messages.next();
  if (!messages.done) {
    messages.stop();
    for (const soa of records) return new TransferMessages(head, [soa]).next();
  }
  const { recordCount, octets } = messages;
  onEnd?.({ complete: true, messages: 1, records: recordCount, octets });
  return wire;
}
