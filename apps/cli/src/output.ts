/** Where a command's words go: results to one stream, remarks to the other, so that results can be piped. */
export interface Output {
  result: (text: string) => void;
  remark: (text: string) => void;
  /** Text for a person at a terminal, without a line end of its own. */
  prompt: (text: string) => void;
}

/** Control characters, which a terminal would obey: names and messages come from hosts and people. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** One line that is safe to show on a terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL, '\ufffd');
}

/** A table as text: columns as wide as their widest cell, the last one as it is. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [headings, ...rows].map((row) => row.map((cell) => printable(cell) || '-'));
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

/** A moment as people read it in a list: UTC, to the second. */
export function moment(at: Date | null): string {
  return at === null
    ? ''
    : at
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');
}
