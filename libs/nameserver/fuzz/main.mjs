// @ts-check
/**
 * `npm run fuzz`: 10 million packets at the parser and 1 million over real sockets, with checks between. Ends with 1 when a packet
 * crashes, hangs, costs more than a millisecond or leaves memory behind. `-- PACKETS SOCKETS SEED` for other sizes, and for the same again.
 */
import { sockets } from './sockets.mjs';
import { anyPacket, chance } from './packets.mjs';
import { responder, zones } from './server.mjs';

const [packets = 10_000_000, overSockets = 1_000_000, seed = Date.now() & 0x7fffffff] = process.argv
  .slice(2)
  .map(Number);
const SLOW_MS = 1;
const MEASURED_AGAIN = 7;
const MEMORY_MB = 24;
/** @type {string[]} */
const faults = [];
console.log(`seed ${seed}`);
parser();
faults.push(...(await sockets(overSockets, seed)));
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
console.log(faults.length === 0 ? 'no fault' : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

function parser() {
  const pick = chance(seed);
  const server = responder();
  let answered = 0;
  let suspected = 0;
  let longest = 0;
  let before = 0;
  const started = performance.now();
  for (let n = 0; n < packets && faults.length < 20; n++) {
    const packet = anyPacket(pick);
    const protocol = pick(8) === 0 ? 'tcp' : 'udp';
    const begin = performance.now();
    const wire = respond(packet, protocol);
    let took = performance.now() - begin;
    if (took > SLOW_MS) {
      // The processor may have been elsewhere: what is slow is slow every time.
      suspected++;
      for (let again = 0; again < MEASURED_AGAIN; again++) {
        const second = performance.now();
        respond(packet, protocol);
        took = Math.min(took, performance.now() - second);
      }
      if (took > SLOW_MS) faults.push(`${took.toFixed(2)} ms for ${packet.toString('hex')}`);
    }
    longest = Math.max(longest, took);
    if (wire) answered++;
    check(packet, wire, protocol);
    if (n === Math.floor(packets / 10)) before = used();
  }
  const grown = used() - before;
  if (grown > MEMORY_MB) faults.push(`${grown.toFixed(1)} MB more memory`);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `parser: ${packets} packets in ${seconds.toFixed(0)} s, ${answered} answered, longest ${longest.toFixed(2)} ms (${suspected} measured again), memory ${grown.toFixed(1)} MB`,
  );

  /** @param {Buffer} packet @param {string} protocol @returns {Buffer | undefined} */
  function respond(packet, protocol) {
    try {
      return server.respond(packet, zones, protocol, '192.0.2.1')?.wire;
    } catch (error) {
      faults.push(`${error} for ${packet.toString('hex')}`);
      return undefined;
    }
  }
}

/** @param {Buffer} packet @param {Buffer | undefined} wire @param {string} protocol */
function check(packet, wire, protocol) {
  if (!wire) {
    if (packet.length >= 12 && (packet.readUInt8(2) & 0x80) === 0) faults.push(`silence for ${packet.toString('hex')}`);
    return;
  }
  const fits = wire.length <= (protocol === 'udp' ? 1232 : 65_535);
  const isAnswer =
    wire.length >= 12 && (wire.readUInt8(2) & 0x80) !== 0 && wire.readUInt16BE() === packet.readUInt16BE();
  if ((packet.readUInt8(2) & 0x80) !== 0 || !fits || !isAnswer)
    faults.push(`${wire.toString('hex')} for ${packet.toString('hex')}`);
}

/** Megabytes that are held after everything that can go is gone. */
function used() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
