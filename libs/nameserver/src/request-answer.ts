import { Answer, emptyAnswer } from './answer';
import { CookieStatus } from './cookie/server-cookies';
import { Rcode } from './rcode';
import { Request } from './request';
import { isMetaType, RrType } from './rr-type';
import { TsigCheck } from './tsig/tsig';
import { TsigError } from './tsig/tsig-record';
import { ZoneSet } from './zone-set';

const emptyAnswers: readonly Answer[] = Array.from({ length: 24 }, (_, rcode) => emptyAnswer(rcode));

/** An answer that is nothing but its code. */
export function empty(rcode: number): Answer {
  return emptyAnswers[rcode] as Answer;
}

/** What is said to a request, whoever signed it with whatever and whatever cookie came with it. */
export function answerOf(
  request: Request,
  zones: ZoneSet,
  cookie: CookieStatus | undefined,
  signature: TsigCheck | undefined,
): Answer {
  if (signature && signature.error !== TsigError.NONE) return empty(Rcode.NOTAUTH);
  if (request.rcode !== Rcode.NOERROR) return empty(request.rcode);
  // Without a question the client wanted to know about its cookie (RFC 7873 §5.4).
  if (!request.hasQuestion) return empty(cookie === 'invalid' ? Rcode.BADCOOKIE : Rcode.NOERROR);
  return lookup(request, zones);
}

/** What the zones say to a question. */
export function lookup({ key, type, edns }: Request, zones: ZoneSet): Answer {
  const zone = zones.authorityFor(key, type);
  if (!zone) return empty(Rcode.REFUSED);
  if (type === RrType.AXFR || type === RrType.IXFR) return empty(Rcode.REFUSED);
  if (isMetaType(type) && type !== RrType.ANY) return empty(Rcode.NOTIMP);
  return zone.lookup(key, type, edns !== undefined && edns.dnssecOk);
}

/** No such name in a zone of ours, and no CNAME on the way there. */
export function isMissing({ rcode, authoritative, answers }: Answer): boolean {
  return rcode === Rcode.NXDOMAIN && authoritative && answers.length === 0;
}

/** True for a sound question for a zone, or for what changed in it. */
export function isTransfer(request: Request): boolean {
  return (request.type === RrType.AXFR || request.type === RrType.IXFR) && request.isSound;
}
