import { DnsServerOptions, Network } from '@lxdm/nameserver';

/** What the settings say about answers, apart from what is in them. */
export interface AnsweringSettings {
  /** Null leaves it unsaid. */
  nsid: string | null;
  /** None: one is made up, which other servers of the zone do not understand. */
  cookieSecrets: readonly Buffer[];
  /** Answers a second for a network and an answer; 0 for no limit. */
  rateLimit: number;
  rateSlip: number;
  rateExempt: readonly Network[];
  udpOctets: number;
}

/** This machine: nobody far away can be hit by answers to it. */
export const LOOPBACK: readonly Network[] = networkList('127.0.0.0/8, ::1') ?? [];

/** The options of the server that follow from the settings. */
export function answeringOptions({
  nsid: identifier,
  cookieSecrets,
  rateLimit,
  rateSlip,
  rateExempt,
  udpOctets,
}: AnsweringSettings): Pick<DnsServerOptions, 'nsid' | 'cookieSecrets' | 'rateLimits' | 'limits'> {
  return {
    ...(identifier !== null && { nsid: identifier }),
    ...(cookieSecrets.length > 0 && { cookieSecrets }),
    ...(rateLimit > 0 && { rateLimits: { answersPerSecond: rateLimit, slip: rateSlip, exempt: rateExempt } }),
    limits: { udpOctets },
  };
}

/** A name server identifier that fits its option. */
export function nsid(text: string): string | undefined {
  return Buffer.byteLength(text) <= 255 ? text : undefined;
}

/** The share of the questions that are logged. */
export function queryShare(text: string): number | undefined {
  return /^(0|1|0?\.\d+|[01]\.0+)$/.test(text) ? Number(text) : undefined;
}

/** Networks with commas between them. */
export function networkList(text: string): Network[] | undefined {
  const networks = parts(text).map((part) => Network.parse(part));
  return networks.every((network) => network !== undefined) ? networks : undefined;
}

/** Secrets of 16 octets, as hexadecimal digits with commas between them (RFC 9018 §5: add the new one last, make it the first, drop the old one). */
export function secretList(text: string): Buffer[] | undefined {
  const secrets = parts(text);
  if (!secrets.every((secret) => /^[0-9a-f]{32}$/i.test(secret))) return undefined;
  return secrets.map((secret) => Buffer.from(secret, 'hex'));
}

function parts(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}
