/** Text of a foreign program in a form that the database stores: without NUL, and without halves of surrogate pairs. */
export function storable(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD');
}
