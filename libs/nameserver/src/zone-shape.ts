import { LayeredMap } from './layered-map';
import { ZoneNode } from './zone-node';

/** What is known of all nodes of a zone together: carried along from version to version, because counting costs the whole zone. */
export interface ZoneShape {
  /** How many RRsets there are. */
  readonly size: number;
  /** No key is longer. */
  readonly longestKey: number;
  /** How many names stand right below a name; the apex is not counted for, nor are names without any. */
  readonly children: ReadonlyMap<string, number>;
}

/** Looks at every node. */
export function shapeOf(nodes: ReadonlyMap<string, ZoneNode>, apex: string): ZoneShape {
  let size = 0;
  let longestKey = 0;
  const children = new Map<string, number>();
  for (const [key, node] of nodes) {
    size += node.size;
    longestKey = Math.max(longestKey, key.length);
    if (key !== apex && !isRightBelow(key, apex)) count(children, parentKey(key), 1);
  }
  return { size, longestKey, children };
}

/** The nodes of the next version of a zone while they are made of those of the version before. */
export class ZoneNodesDraft implements ZoneShape {
  readonly nodes: LayeredMap<ZoneNode>;
  readonly children: LayeredMap<number>;
  size: number;
  longestKey: number;

  constructor(
    before: ReadonlyMap<string, ZoneNode>,
    private readonly apex: string,
    { size, longestKey, children }: ZoneShape,
  ) {
    this.nodes = LayeredMap.after(before);
    this.children = LayeredMap.after(children);
    this.size = size;
    this.longestKey = longestKey;
  }

  get(key: string): ZoneNode | undefined {
    return this.nodes.get(key);
  }

  /** Puts a node at its name, in place of one that is there. */
  set(key: string, node: ZoneNode): this {
    const before = this.nodes.get(key);
    if (!before) this.link(key, 1);
    this.size += node.size - (before?.size ?? 0);
    this.longestKey = Math.max(this.longestKey, key.length);
    this.nodes.set(key, node);
    return this;
  }

  /** Takes a node away. */
  delete(key: string): void {
    const before = this.nodes.get(key);
    if (!before) return;
    this.link(key, -1);
    this.size -= before.size;
    this.nodes.delete(key);
  }

  private link(key: string, step: number): void {
    if (key !== this.apex && !isRightBelow(key, this.apex)) count(this.children, parentKey(key), step);
  }
}

/** A name key without its first label. */
export function parentKey(key: string): string {
  return key.slice(1 + key.charCodeAt(0));
}

/** For the names of one zone: nothing is cut off to find out. */
function isRightBelow(key: string, apex: string): boolean {
  return key.length === 1 + key.charCodeAt(0) + apex.length;
}

function count(counts: Map<string, number> | LayeredMap<number>, key: string, step: number): void {
  const sum = (counts.get(key) ?? 0) + step;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}
