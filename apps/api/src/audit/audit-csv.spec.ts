import { csvCell } from './audit-csv';

it.each([
  [null, ''],
  ['', ''],
  ['plain', 'plain'],
  ['a b', 'a b'],
  ['a,b', '"a,b"'],
  ['a;b', '"a;b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['=cmd|"/c calc"!A1', `"'=cmd|""/c calc""!A1"`],
  [' =1', "' =1"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['1=1', '1=1'],
  ['a-b', 'a-b'],
  [' padded ', '" padded "'],
])('%j as a cell: %s', (text, cell) => expect(csvCell(text)).toBe(cell));
