import { Protocol } from '../responder';
import { TsigKey } from '../tsig/tsig-key';
import { ZoneSet } from '../zone-set';

/** A dynamic update (RFC 2136) whose signature holds; what is not signed by a key that is known never gets this far. */
export interface SignedRequest {
  /** The message as it was signed: without its TSIG record, which the header does not count any more. */
  readonly message: Buffer;
  readonly key: TsigKey;
  /** Its signature, which no other message has: one that comes again is the same message sent again. */
  readonly mac: Buffer;
  readonly protocol: Protocol;
  /** The client's address, as its socket tells it. */
  readonly sender: string;
  /** What was served when the message came. */
  readonly zones: ZoneSet;
}

/** Answers an update with a whole message that is not signed yet; a failure becomes SERVFAIL. */
export type UpdateHandler = (request: SignedRequest) => Promise<Buffer>;
