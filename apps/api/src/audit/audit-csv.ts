import type { AuditEntry } from './dto/audit-entry';

const COLUMNS: [string, (entry: AuditEntry) => string | null][] = [
  ['seq', (entry) => String(entry.seq)],
  ['at', (entry) => entry.at],
  ['actor', (entry) => entry.actor.name],
  ['actorId', (entry) => entry.actor.id],
  ['means', (entry) => entry.means],
  ['sudo', (entry) => String(entry.sudo)],
  ['address', (entry) => entry.address],
  ['action', (entry) => entry.action],
  ['targetKind', (entry) => entry.target.kind],
  ['target', (entry) => entry.target.name],
  ['targetId', (entry) => entry.target.id],
  ['project', (entry) => entry.project],
  ['result', (entry) => entry.result],
  ['operation', (entry) => entry.operation?.id ?? null],
  ['operationStatus', (entry) => entry.operation?.status ?? null],
  ['detail', (entry) => entry.detail && JSON.stringify(entry.detail)],
  ['requestId', (entry) => entry.requestId],
];

/** The line of names with which a table of entries begins. */
export const CSV_HEAD = lineOf(COLUMNS.map(([name]) => name));

/** An entry as a line of a table (RFC 4180). */
export function csvLineOf(entry: AuditEntry): string {
  return lineOf(COLUMNS.map(([, read]) => read(entry)));
}

/**
 * A cell (RFC 4180 §2); text that a spreadsheet would take for a formula gets a ' in front (OWASP, CSV Injection). Blanks before it
 * do not count: spreadsheets skip them.
 */
export function csvCell(text: string | null): string {
  const plain = text ?? '';
  const harmless = /^\s*[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n;]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function lineOf(cells: (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
