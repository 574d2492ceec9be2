import { Protocol } from '../responder';
import { Rrset } from '../rrset';
import { TsigKey } from '../tsig/tsig-key';
import { Zone } from '../zone';

/** Somebody wants a zone, whole (AXFR, RFC 5936) or what changed in it (IXFR, RFC 1995). */
export interface TransferRequest {
  /** The zone as it was when the request came; it stays so however long the transfer takes. */
  readonly zone: Zone;
  /** The serial that the client holds; undefined when it asks for the whole zone. */
  readonly serial: number | undefined;
  /** The key that signed the request; undefined when it came without a signature. One that is wrong never gets this far. */
  readonly key: TsigKey | undefined;
  readonly protocol: Protocol;
  /** The client's address, as its socket tells it. */
  readonly sender: string;
}

/** Records of one owner and type, in the order in which they are to be sent. */
export type TransferRecords = Pick<Rrset, 'owner' | 'type' | 'ttl' | 'rdatas'>;

/** How a transfer ended. */
export interface TransferOutcome {
  /** False when the client went away or took too long, or got the SOA alone as a datagram holds no more. */
  readonly complete: boolean;
  readonly messages: number;
  readonly records: number;
  readonly octets: number;
}

/** What a client gets. */
export interface Transfer {
  /** All records, the SOA of the zone first; read as the client takes them. What does not fit a datagram becomes that SOA alone. */
  readonly records: Iterable<TransferRecords>;
  readonly onEnd?: (outcome: TransferOutcome) => void;
}

/** Grants a transfer, or refuses it with an rcode; must be quick. */
export type TransferHandler = (request: TransferRequest) => Transfer | number;
