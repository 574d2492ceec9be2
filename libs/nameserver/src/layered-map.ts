/** What is looked up in two maps costs a little more: so many changes are kept beside before they are folded in. */
const MOST_BESIDE = 256;

/**
 * A map of which the next version costs what it changes and not what it holds: changes stand beside a map that versions share, until
 * they are many. Whoever made it with `after` changes it and then hands it on as read-only.
 */
export class LayeredMap<V extends object | number> implements ReadonlyMap<string, V> {
  private constructor(
    private readonly base: ReadonlyMap<string, V>,
    /** Null for what is not there any more. */
    private readonly beside: Map<string, V | null>,
    private held: number,
  ) {}

  /** A copy of a map that is not changed itself any more. */
  static after<V extends object | number>(before: ReadonlyMap<string, V>): LayeredMap<V> {
    if (!(before instanceof LayeredMap)) return new LayeredMap(before, new Map(), before.size);
    const { base, beside, held } = before as LayeredMap<V>;
    return beside.size > MOST_BESIDE
      ? new LayeredMap(folded(base, beside), new Map(), held)
      : new LayeredMap(base, new Map(beside), held);
  }

  get size(): number {
    return this.held;
  }

  get(key: string): V | undefined {
    const found = this.beside.get(key);
    return found === undefined ? this.base.get(key) : (found ?? undefined);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): this {
    if (!this.has(key)) this.held += 1;
    this.beside.set(key, value);
    return this;
  }

  delete(key: string): boolean {
    const there = this.has(key);
    if (there) this.held -= 1;
    if (this.base.has(key)) this.beside.set(key, null);
    else this.beside.delete(key);
    return there;
  }

  *entries(): MapIterator<[string, V]> {
    const { base, beside } = this;
    for (const entry of base) if (!beside.has(entry[0])) yield entry;
    for (const [key, value] of beside) if (value !== null) yield [key, value];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}

function folded<V>(base: ReadonlyMap<string, V>, beside: ReadonlyMap<string, V | null>): Map<string, V> {
  const whole = new Map(base);
  for (const [key, value] of beside) {
    if (value === null) whole.delete(key);
    else whole.set(key, value);
  }
  return whole;
}
