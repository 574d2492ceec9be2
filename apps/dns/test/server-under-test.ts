import { KeyRing, newKeyRing } from '@lxdm/crypto';
import { pino } from 'pino';
import { NameServer } from '../src/name-server';
import { DnsSettings } from '../src/settings';
import { ZONE } from './fleet';

/** What seals TSIG keys and private keys in these tests. */
export const ring = KeyRing.parse(newKeyRing());

/** A name server on free ports of this machine, as its process makes it. */
export async function startNameServer(databaseUrl: string, settings: Partial<DnsSettings> = {}): Promise<NameServer> {
  const defaults: DnsSettings = {
    databaseUrl,
    secretsDir: './secrets',
    snapshot: null,
    bind: '127.0.0.1',
    port: 0,
    zone: ZONE,
    nameserver: 'ns.example.org.',
    nameserverAddresses: [],
    nsid: null,
    mirror: null,
    cookieSecrets: [],
    rateLimit: 0,
    rateSlip: 2,
    rateExempt: [],
    udpOctets: 1232,
    workers: 1,
    queryLog: 0,
    healthHost: '127.0.0.1',
    healthPort: 0,
    logLevel: 'info',
  };
  const server = new NameServer({ ...defaults, ...settings }, ring, pino({ level: 'silent' }));
  try {
    await server.start();
  } catch (error) {
    // As the process does: what has begun when a later step fails ends too.
    await server.stop();
    throw error;
  }
  return server;
}

/** What /health/ready says. */
export async function health(server: NameServer): Promise<{ status: number; details: Record<string, string> }> {
  const response = await fetch(`http://127.0.0.1:${server.ports.health}/health/ready`);
  const body = (await response.json()) as { checks: { name: string; detail: string }[] };
  return {
    status: response.status,
    details: Object.fromEntries(body.checks.map(({ name, detail }) => [name, detail])),
  };
}

/** The value of a metric, by its name with labels. */
export async function metric(server: NameServer, name: string): Promise<number | undefined> {
  const text = await (await fetch(`http://127.0.0.1:${server.ports.health}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}
