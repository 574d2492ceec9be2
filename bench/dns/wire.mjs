// @ts-check
/** Questions as octets, asked over UDP: what the measurements need of DNS, and nothing of what is measured. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Types by their number. */
export const A = 1;
export const SOA = 6;

/** One question with EDNS. @param {number} id @param {string} name @param {number} type */
export function question(id, name, type) {
  const labels = name
    .split('.')
    .filter(Boolean)
    .map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
  const head = Buffer.from('000000000001000000000001', 'hex');
  head.writeUInt16BE(id);
  return Buffer.concat([head, ...labels, Buffer.of(0, 0, type, 0, 1), Buffer.from('00002904d0000000000000', 'hex')]);
}

/** The last four octets of the first answer's data: an IPv4 address. Undefined where nothing was found. @param {Buffer} answer */
export function addressIn(answer) {
  if ((answer.readUInt8(3) & 15) !== 0 || answer.readUInt16BE(6) === 0) return undefined;
  let at = 12;
  while (answer.readUInt8(at) !== 0) at += 1 + answer.readUInt8(at);
  const data = at + 5 + 12;
  return [...answer.subarray(data, data + 4)].join('.');
}

/** A client with one socket that asks one question at a time. */
export class Asker {
  #socket = createSocket('udp4');
  #id = 0;
  /** @type {Map<number, (answer: Buffer) => void>} */
  #waiting = new Map();

  /** @param {number} port */
  constructor(port) {
    this.port = port;
    this.#socket.on('message', (answer) => {
      const id = answer.readUInt16BE();
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
    this.#socket.on('error', () => undefined); // nothing listens there yet
  }

  /** The answer, or undefined when none came in time. @param {string} name @param {number} type @param {number} [milliseconds] @returns {Promise<Buffer | undefined>} */
  ask(name, type, milliseconds = 1000) {
    const id = (this.#id = (this.#id + 1) & 0xffff);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        resolve(undefined);
      }, milliseconds);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#socket.send(question(id, name, type), this.port, '127.0.0.1');
    });
  }

  /** Asks until the server finds something. @param {string} name @param {number} [milliseconds] */
  async untilFound(name, milliseconds = 60_000) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      const answer = await this.ask(name, A, 100);
      if (answer && addressIn(answer) !== undefined) return;
      await delay(2);
    }
    throw new Error(`no answer on port ${this.port} within ${milliseconds / 1000} s`);
  }

  close() {
    this.#socket.close();
  }
}

/** A port that is free for UDP and, most probably, for TCP. @returns {Promise<number>} */
export async function freePort() {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
