// @ts-check
/** Packets that no sane client sends, made from a seed so that a run can be had again. */

/** Chance that comes back with its seed (xorshift32). @param {number} seed */
export function chance(seed) {
  let state = seed | 1;
  /** A number below the bound. @param {number} bound */
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

const NAMES = ['www', 'WWW', 'a.w', 'big', 'x.sub', 'nope', ''].map((label) => `${label}.ct.example.org`);
const TYPES = [1, 2, 5, 6, 12, 15, 16, 28, 33, 41, 43, 44, 46, 47, 48, 249, 250, 251, 252, 255, 65280];
const OPTIONS = [3, 8, 10, 11, 12, 65001];

/** @param {string} text */
function wireName(text) {
  const labels = text.split('.').filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
    Buffer.of(0),
  ]);
}

/** @typedef {(bound: number) => number} Chance */

/** A question as clients send it. @param {Chance} pick */
export function sound(pick) {
  const parts = [Buffer.from('000001000001000000000000', 'hex'), wireName(NAMES[pick(NAMES.length)] ?? '')];
  parts.push(Buffer.of(0, TYPES[pick(4)] ?? 1, 0, 1));
  if (pick(3) > 0) {
    parts.push(
      Buffer.from(pick(2) ? '00002904d0000080000000' : '00002904d000000000000c000a00080102030405060708', 'hex'),
    );
    /** @type {Buffer} */ (parts[0]).writeUInt8(1, 11);
  }
  const packet = Buffer.concat(parts);
  packet.writeUInt16BE(pick(65_536));
  return packet;
}

/** @param {Chance} pick */
function random(pick) {
  const packet = Buffer.allocUnsafe(pick(600));
  for (let i = 0; i < packet.length; i++) packet[i] = pick(256);
  return packet;
}

/** A sound one with a few octets changed, or cut off, or with something behind it. @param {Chance} pick */
function mutated(pick) {
  const packet = sound(pick);
  for (let n = pick(5); n > 0; n--) packet[pick(packet.length)] = pick(256);
  const what = pick(8);
  if (what === 0) return packet.subarray(0, pick(packet.length + 1));
  return what === 1 ? Buffer.concat([packet, random(pick)]) : packet;
}

/** A name: labels, pointers forwards, backwards and to themselves, labels of 63, names of 255 and more. @param {Chance} pick @param {number} at */
function oddName(pick, at) {
  switch (pick(7)) {
    case 0:
      return wireName(NAMES[pick(NAMES.length)] ?? '');
    case 1:
      return Buffer.of(0xc0 | (at >> 8), at & 255); // to itself
    case 2:
      return Buffer.of(0xc0 | pick(64), pick(256));
    case 3:
      return Buffer.concat([Buffer.of(1, 97, 0xc0, 12)]);
    case 4:
      return wireName(Array.from({ length: 3 + pick(3) }, () => 'x'.repeat(61 + pick(3))).join('.'));
    case 5:
      return wireName(Array.from({ length: 100 + pick(60) }, () => 'y').join('.'));
    default:
      return Buffer.concat([Buffer.of(0x40 | pick(128), pick(256)), Buffer.of(0)]);
  }
}

/** A header with counts that may lie, questions and records that may be odd. @param {Chance} pick */
function structured(pick) {
  const head = Buffer.from('000000000001000000000000', 'hex');
  head.writeUInt16BE(pick(65_536));
  head[2] = pick(4) === 0 ? pick(256) : pick(2);
  const parts = [head];
  let at = 12;
  const add = (/** @type {Buffer} */ part) => {
    parts.push(part);
    at += part.length;
  };
  const questions = [0, 1, 1, 1, 1, 2][pick(6)] ?? 1;
  for (let n = 0; n < questions; n++) {
    add(pick(2) ? wireName(NAMES[pick(NAMES.length)] ?? '') : oddName(pick, at));
    add(Buffer.of(0, TYPES[pick(TYPES.length)] ?? 1, 0, [1, 1, 1, 3, 255][pick(5)] ?? 1));
  }
  const records = pick(4);
  for (let n = 0; n < records; n++) {
    add(pick(2) ? Buffer.of(0) : oddName(pick, at));
    const data = pick(2)
      ? Buffer.concat([Buffer.of(0, OPTIONS[pick(6)] ?? 3, 0, pick(50)), random(pick)])
      : random(pick);
    const fixed = Buffer.from('000000010000000000000000', 'hex').subarray(0, 10);
    const record = Buffer.from(fixed);
    record.writeUInt16BE(pick(2) ? 41 : pick(2) ? 250 : (TYPES[pick(TYPES.length)] ?? 1));
    record.writeUInt16BE(pick(3) ? 1232 : pick(65_536), 2);
    record.writeUInt32BE(pick(3) ? 0 : pick(0x7fffffff), 4);
    record.writeUInt16BE(pick(4) ? data.length : pick(65_536), 8);
    add(record);
    add(data);
  }
  const lie = pick(3) === 0;
  [questions, 0, 0, records].forEach((count, i) => head.writeUInt16BE(lie ? pick(4) * pick(3) : count, 4 + 2 * i));
  return Buffer.concat(parts);
}

/** Any of them. @param {Chance} pick */
export function anyPacket(pick) {
  const kind = pick(4);
  return kind === 0
    ? random(pick)
    : kind === 1
      ? structured(pick)
      : kind === 2
        ? mutated(pick)
        : pick(2)
          ? structured(pick)
          : mutated(pick);
}
