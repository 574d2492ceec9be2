import { formatLabels, parseLabels } from './name-text';
import { NameError } from './name-error';

/** A label is at most 63 octets, a name at most 255 with its length octets and the root (RFC 1035 §2.3.4). */
export const MAX_LABEL = 63;
/** Longest name on the wire, length octets and root included. */
export const MAX_NAME = 255;

/** One label that stands for itself, also on the wire. */
const SMALL_LABEL = /^[a-z0-9_-]{1,63}$/;

const scratch = Buffer.allocUnsafe(MAX_NAME + 1);

/**
 * The lower-cased wire octets as a string, one character an octet: what maps of names are keyed by.
 * Only A-Z fold (RFC 4343 §3); length octets are below 64 and so never look like a letter.
 */
export function nameKey(wire: Uint8Array, start: number, end: number): string {
  fold(wire, start, end);
  return scratch.toString('latin1', 0, end - start);
}

/** Writes octets in lower case where they are made into a string; true when that made a difference. */
function fold(wire: Uint8Array, start: number, end: number): boolean {
  let capitals = false;
  for (let i = start; i < end; i++) {
    const octet = wire[i] as number;
    if (octet >= 0x41 && octet <= 0x5a) {
      capitals = true;
      scratch[i - start] = octet | 0x20;
    } else scratch[i - start] = octet;
  }
  return capitals;
}

/** An absolute domain name as raw octets: dots, spaces and bytes over 127 inside a label are ordinary data. */
export class Name {
  /** The root. */
  static readonly ROOT = new Name(Buffer.from([0]));

  /** Lower-cased wire form; equal keys mean equal names. */
  readonly key: string;
  private hashed: number | undefined;
  /** Only where the case differs from the key's: most names of a zone are written in small letters. */
  private readonly cased: Buffer | undefined;

  /** @param key where it is known already, and the wire form is the same */
  private constructor(wire: Buffer, key?: string) {
    this.cased = key === undefined && fold(wire, 0, wire.length) ? wire : undefined;
    this.key = key ?? scratch.toString('latin1', 0, wire.length);
  }

  /** Uncompressed wire form, with the case it was written in. */
  get wire(): Buffer {
    return this.cased ?? Buffer.from(this.key, 'latin1');
  }

  /**
   * Reads presentation form (RFC 1035 §5.1). Without a trailing dot the text is relative to the origin, and `@` is
   * the origin itself; the origin is the root unless given.
   */
  static parse(text: string, origin: Name = Name.ROOT): Name {
    if (text === '@') return origin;
    if (text === '.') return Name.ROOT;
    if (!origin.cased && SMALL_LABEL.test(text)) return Name.below(text, origin);
    const { labels, absolute } = parseLabels(text);
    return Name.fromLabels(labels, absolute ? Name.ROOT : origin);
  }

  /** What most names of a zone are, with nothing to unescape or to fold. */
  private static below(label: string, origin: Name): Name {
    const octets = 1 + label.length + origin.key.length;
    if (octets > MAX_NAME) throw tooLong(octets);
    scratch[0] = label.length;
    scratch.write(label, 1, 'latin1');
    scratch.write(origin.key, 1 + label.length, 'latin1');
    return new Name(scratch, scratch.toString('latin1', 0, octets));
  }

  /** Joins raw labels in front of an origin. */
  static fromLabels(labels: readonly Uint8Array[], origin: Name = Name.ROOT): Name {
    let octets = origin.key.length;
    for (const label of labels) {
      if (label.length === 0) throw new NameError('empty-label', 'a label is empty');
      if (label.length > MAX_LABEL)
        throw new NameError('label-too-long', `a label has ${label.length} octets, at most ${MAX_LABEL} fit`);
      octets += 1 + label.length;
    }
    if (octets > MAX_NAME) throw tooLong(octets);
    const wire = Buffer.allocUnsafe(octets);
    let at = 0;
    for (const label of labels) {
      wire[at] = label.length;
      wire.set(label, at + 1);
      at += 1 + label.length;
    }
    wire.set(origin.wire, at);
    return new Name(wire);
  }

  /** Takes octets that were read as an uncompressed name; whoever read them has checked labels and length. */
  static fromWire(wire: Buffer): Name {
    return new Name(wire);
  }

  /** Raw labels from the left, the root's empty one left out. */
  labels(): Buffer[] {
    const labels: Buffer[] = [];
    const { wire } = this;
    for (let at = 0; ;) {
      const length = wire[at] as number;
      if (length === 0) return labels;
      labels.push(wire.subarray(at + 1, at + 1 + length));
      at += 1 + length;
    }
  }

  /** The name without its leftmost label; the root is its own parent. */
  parent(): Name {
    const length = this.key.charCodeAt(0);
    return length === 0 ? this : new Name(this.wire.subarray(1 + length));
  }

  /** A number of 32 bits that equal names have in common; made when it is first wanted. */
  get hash(): number {
    return (this.hashed ??= hashOf(this.key));
  }

  /** True when both are the same name, ASCII case aside. */
  equals(other: Name): boolean {
    return this.key === other.key;
  }

  /** True when the name is the ancestor or lies below it, compared by whole labels. */
  isWithin(ancestor: Name): boolean {
    return isWithinKey(this.key, ancestor.key);
  }

  /** True when the leftmost label is the single asterisk of RFC 4592. */
  isWildcard(): boolean {
    return this.key.startsWith('\x01*');
  }

  /** Presentation form with a trailing dot and the escapes of RFC 4343 §2.1. */
  toString(): string {
    return formatLabels(this.labels());
  }
}

/** True when a name key is the ancestor key or ends in it at a label's edge (a plain suffix test would match inside a label). */
export function isWithinKey(key: string, ancestor: string): boolean {
  let at = 0;
  while (key.length - at > ancestor.length) at += 1 + key.charCodeAt(at);
  return key.length - at === ancestor.length && key.endsWith(ancestor);
}

/** FNV-1a; names of zones are chosen by those who may write them, so nothing keyed is needed. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash;
}

function tooLong(octets: number): NameError {
  return new NameError('name-too-long', `the name has ${octets} octets, at most ${MAX_NAME} fit`);
}
