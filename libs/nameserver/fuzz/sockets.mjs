// @ts-check
/** The same packets over UDP and TCP at a server in a process of its own, with a sound question between. */
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { anyPacket, chance } from './packets.mjs';

/** Few enough that the system keeps them all until they are read. */
const BATCH = 100;
const CHECK_MS = 2_000;
const MEMORY_MB = 64;
const QUESTION = Buffer.from(
  '4711000000010000000000000377777702637407 6578616d706c65036f72670000010001'.replace(' ', ''),
  'hex',
);

/** @param {number} count @param {number} seed @returns {Promise<string[]>} what was wrong */
export async function sockets(count, seed) {
  const faults = /** @type {string[]} */ ([]);
  const server = fork(join(import.meta.dirname, 'server.mjs'), { execArgv: ['--expose-gc'] });
  server.on('message', (/** @type {{error?: string}} */ { error }) => error && faults.push(error));
  let alive = true;
  server.once('exit', () => (alive = false));
  const [{ port }] = /** @type {[{port: number}]} */ (await once(server, 'message'));
  const pick = chance(seed ^ 0x5bd1e995);
  const udp = createSocket('udp4');
  let answers = 0;
  /** @type {((took: number) => void) | undefined} */
  let checked;
  udp.on('message', (answer) => {
    answers++;
    if (answer.readUInt16BE() === 0x4711 && answer.subarray(-4).equals(Buffer.of(192, 0, 2, 1))) checked?.(1);
  });
  const ask = async () => {
    for (let tries = 0; tries < 3; tries++) {
      const answered = new Promise((resolve) => {
        checked = resolve;
        setTimeout(resolve, CHECK_MS, 0);
      });
      udp.send(QUESTION, port, '127.0.0.1');
      if ((await answered) === 1) return;
    }
    faults.push('a sound question was not answered');
  };
  const memory = async () => {
    server.send('memory');
    const [{ memory: octets }] = await once(server, 'message');
    return octets / 1e6;
  };
  const started = performance.now();
  let before = 0;
  let sent = 0;
  while (sent < count && alive && faults.length === 0) {
    for (let n = 0; n < BATCH; n++, sent++) udp.send(anyPacket(pick), port, '127.0.0.1');
    await ask();
    if (sent % (BATCH * 100) === 0) await oddConnections(port, pick);
    if (before === 0 && sent >= count / 10) before = await memory();
  }
  if (!alive) return ['the server ended'];
  const idle = count >= 100_000 ? 10_000 : 500;
  const open = await idleConnections(port, idle);
  await ask();
  for (const socket of open) socket.resetAndDestroy();
  await ask();
  const grown = (await memory()) - before;
  if (grown > MEMORY_MB) faults.push(`${grown.toFixed(0)} MB more memory`);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `sockets: ${sent} packets in ${seconds.toFixed(0)} s, ${answers} answers, ${open.length} idle connections beside, memory ${grown.toFixed(1)} MB`,
  );
  udp.close();
  server.disconnect();
  return faults;
}

/** Half-open, reset, octet by octet, many at once, and nonsense: whatever becomes of them, the server goes on. @param {number} port @param {(bound: number) => number} pick */
async function oddConnections(port, pick) {
  const framed = () => {
    const packet = anyPacket(pick);
    return Buffer.concat([Buffer.of(packet.length >> 8, packet.length & 255), packet]);
  };
  const behaviours = [
    (/** @type {import('node:net').Socket} */ socket) => socket.end(Buffer.concat(Array.from({ length: 50 }, framed))),
    (/** @type {import('node:net').Socket} */ socket) =>
      socket.write(framed().subarray(0, 1 + pick(10)), () => socket.resetAndDestroy()),
    (/** @type {import('node:net').Socket} */ socket) => socket.end(anyPacket(pick)),
    async (/** @type {import('node:net').Socket} */ socket) => {
      for (const octet of framed().subarray(0, 40))
        await new Promise((resolve) => socket.write(Buffer.of(octet), resolve));
      socket.destroy();
    },
  ];
  await Promise.all(
    behaviours.map(async (behave) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      socket.resume();
      const closed = once(socket, 'close');
      await once(socket, 'connect');
      await behave(socket);
      setTimeout(() => socket.destroy(), 1_000).unref();
      await closed;
    }),
  );
}

/** @param {number} port @param {number} count */
async function idleConnections(port, count) {
  const open = [];
  while (open.length < count) {
    const some = Array.from({ length: Math.min(500, count - open.length) }, () => connect(port, '127.0.0.1'));
    for (const socket of some) socket.on('error', () => socket.destroy());
    await Promise.all(some.map((socket) => once(socket, 'connect')));
    open.push(...some);
  }
  return open;
}
