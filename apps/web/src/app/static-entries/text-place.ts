/** Where something is in a text: both begin at 1. */
export interface TextPlace {
  line: number;
  column: number;
}

/** The caret's offset for a place; what lies beyond the end of a line or of the text is put at that end. */
export function offsetOf(text: string, { line, column }: TextPlace): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + Math.max(1, column) - 1, end === -1 ? text.length : end);
}

/** The end of the word that begins there, so that what is wrong is seen as a selection. */
export function wordEnd(text: string, offset: number): number {
  const length = /^[^\s]*/.exec(text.slice(offset, offset + 256))?.[0].length ?? 0;
  return offset + length;
}

export function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

export function placeText({ line, column }: TextPlace): string {
  return `${line}:${column}`;
}
