import { Name } from '../name';

const TYPES_IN_WINDOW = 256;

/** The RDATA of an NSEC record: the next name, and the types that its owner has (RFC 4034 §4.1). */
export function nsecRdata(next: Name, types: readonly number[]): Buffer {
  return Buffer.concat([next.wire, typeBitmap(types)]);
}

/** Types as bits, in windows of 256 without what is zero at their end (RFC 4034 §4.1.2). */
export function typeBitmap(types: readonly number[]): Buffer {
  const windows = new Map<number, Uint8Array>();
  const sorted = types.toSorted((a, b) => a - b);
  for (const type of sorted) {
    const block = Math.floor(type / TYPES_IN_WINDOW);
    const bit = type % TYPES_IN_WINDOW;
    const length = (bit >> 3) + 1;
    const bits = new Uint8Array(length);
    bits.set(windows.get(block) ?? []);
    bits[length - 1] = (bits[length - 1] as number) | (0x80 >> (bit & 7));
    windows.set(block, bits);
  }
  return Buffer.concat([...windows].flatMap(([block, bits]) => [Uint8Array.of(block, bits.length), bits]));
}

/** The types of a bitmap; undefined when the octets are none. */
export function typesOf(bitmap: Uint8Array): number[] | undefined {
  const types: number[] = [];
  for (let at = 0; at < bitmap.length;) {
    const block = bitmap[at] as number;
    const length = bitmap[at + 1] ?? 0;
    if (length === 0 || length > 32 || at + 2 + length > bitmap.length) return undefined;
    for (let bit = 0; bit < length * 8; bit++) {
      const octet = bitmap[at + 2 + (bit >> 3)] as number;
      if (octet & (0x80 >> (bit & 7))) types.push(block * TYPES_IN_WINDOW + bit);
    }
    at += 2 + length;
  }
  return types;
}
