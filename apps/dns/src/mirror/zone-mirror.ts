import { isIP } from 'node:net';
import { Mirror, Name } from '@lxdm/nameserver';
import { mirrorQuestions } from '../dns-metrics';

const DNS_PORT = 53;

/** Where a mirror listens. */
export interface MirrorAddress {
  address: string;
  port: number;
}

/** Reads `192.0.2.53`, `192.0.2.53:5300`, `2001:db8::53` or `[2001:db8::53]:5300`; undefined when it is none of them. */
export function mirrorAddress(text: string): MirrorAddress | undefined {
  if (isIP(text) && !text.includes('%')) return { address: text, port: DNS_PORT };
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  const port = Number(digits);
  const fits = isIP(address) === (bracketed === undefined ? 4 : 6) && !address.includes('%');
  return fits && port >= 1 && port <= 0xffff ? { address, port } : undefined;
}

/** The server that is asked for names of the containers' zone that are not here, such as the one that served it before. */
export function zoneMirror(where: MirrorAddress, zone: string): Mirror {
  return new Mirror({
    ...where,
    origin: Name.parse(zone),
    onOutcome: (outcome) => mirrorQuestions.inc({ outcome }),
  });
}
