import type { Invocation } from './command';
import { printable, table } from './output';

/** The option that every list has. */
export const listOptions = { json: { type: 'boolean' } } as const;

/** The line about it in the help text. */
export const listHelp = '  --json        one JSON array instead of a table';

/** Shows rows as a table, or as JSON for programs. */
export function show<Row extends Record<string, unknown>>(
  { options, output }: Invocation,
  rows: readonly Row[],
  columns: readonly (readonly [heading: string, cell: (row: Row) => string])[],
  nothing: string,
): void {
  if (options['json'] === true) output.result(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) output.remark(printable(nothing));
  else
    output.result(
      table(
        columns.map(([heading]) => heading),
        rows.map((row) => columns.map(([, cell]) => cell(row))),
      ),
    );
}
