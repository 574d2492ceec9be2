import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decode, encode, Packet, RecordType, streamDecode, streamEncode } from 'dns-packet';

/** What a resolver keeps of an answer. */
export interface Heard {
  rcode: string;
  authoritative: boolean;
  answers: string[];
  authority: string[];
}

/** Asks over UDP, or over TCP. */
export async function ask(
  port: number,
  name: string,
  type: RecordType = 'A',
  over: 'udp' | 'tcp' = 'udp',
): Promise<Heard> {
  const query: Packet = { type: 'query', id: 4711, questions: [{ type, name }] };
  return heard(over === 'udp' ? await askUdp(port, query) : await askTcp(port, query));
}

async function askUdp(port: number, query: Packet): Promise<Packet> {
  const socket = createSocket('udp4');
  try {
    const answer = once(socket, 'message', { signal: AbortSignal.timeout(3_000) });
    socket.send(encode(query), port, '127.0.0.1');
    const [wire] = (await answer) as [Buffer];
    return decode(wire);
  } finally {
    socket.close();
  }
}

async function askTcp(port: number, query: Packet): Promise<Packet> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.end(streamEncode(query));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    return streamDecode(Buffer.concat(chunks));
  } finally {
    socket.destroy();
  }
}

function heard(packet: Packet): Heard {
  const { rcode, flag_aa } = packet as Packet & { rcode: string; flag_aa: boolean };
  const lines = (records: Packet['answers'] = []) =>
    records.map((record) => [record.name, record.type, 'data' in record ? text(record.data) : ''].join(' ')).sort();
  return { rcode, authoritative: flag_aa, answers: lines(packet.answers), authority: lines(packet.authorities) };
}

function text(data: unknown): string {
  return typeof data === 'object' && data !== null && 'serial' in data ? `serial ${String(data.serial)}` : String(data);
}

/** Asks again until the answer is as wanted; returns how long that took, in milliseconds. */
export async function until(what: () => Promise<boolean>, deadlineMs: number): Promise<number> {
  const started = performance.now();
  for (;;) {
    if (await what()) return performance.now() - started;
    if (performance.now() - started > deadlineMs) throw new Error(`not so after ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
