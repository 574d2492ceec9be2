import { Answer, emptyAnswer } from './answer';
import { Name } from './name';
import { Rcode } from './rcode';
import { toName } from './rdata';
import { NameText } from './zone-data';

/** A zone that we answer for and whose data is not there yet: SERVFAIL, so that resolvers ask another server or again (RFC 8767 §6). */
export class UnavailableZone {
  readonly origin: Name;

  constructor(origin: NameText) {
    this.origin = toName(origin, Name.ROOT);
  }

  /** SERVFAIL for every name: nothing is known that could be denied. */
  lookup(): Answer {
    return emptyAnswer(Rcode.SERVFAIL);
  }
}
