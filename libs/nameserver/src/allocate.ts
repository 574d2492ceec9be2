// The global Buffer is a getter, which costs every answer more than an import does.
import { Buffer } from 'node:buffer';

/** Gives memory of so many octets for an answer; nothing is said about what is in it. */
export type Allocate = (octets: number) => Buffer;

/** New memory for each answer, which lives as long as somebody wants it. */
export const allocate: Allocate = (octets) => Buffer.allocUnsafe(octets);

/** Memory that is used again for each answer, which is sent, or copied, before the next is made; larger ones get memory of their own. */
export function allocateAgain(largest: number): Allocate {
  const memory = new ArrayBuffer(largest);
  // A view is made when its length is first wanted: most answers have one of a few.
  const views = new Array<Buffer | undefined>(largest + 1).fill(undefined);
  return (octets) => (octets > largest ? allocate(octets) : (views[octets] ??= Buffer.from(memory, 0, octets)));
}
