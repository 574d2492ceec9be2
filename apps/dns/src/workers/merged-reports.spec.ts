import { mergedChecks, mergedMetrics } from './merged-reports';

it('describes each family once and keeps the samples of all workers beside each other', () => {
  const text = (worker: number) =>
    `# HELP a_total A.\n# TYPE a_total counter\na_total{worker="${worker}"} ${worker}\n\n# HELP b B.\n# TYPE b gauge\nb{worker="${worker}"} 1\n`;
  expect(mergedMetrics([text(1), text(2)])).toBe(
    '# HELP a_total A.\n# TYPE a_total counter\na_total{worker="1"} 1\na_total{worker="2"} 2\n\n' +
      '# HELP b B.\n# TYPE b gauge\nb{worker="1"} 1\nb{worker="2"} 1\n',
  );
});

it.each([
  [[], [['workers', false]]],
  [
    [[true, 'a']],
    [
      ['workers', true],
      ['zone', true],
    ],
  ],
  [
    [
      [true, 'a'],
      [false, 'b'],
    ],
    [
      ['workers', true],
      ['zone', false],
    ],
  ],
  [
    [
      [false, 'a'],
      [true, 'b'],
    ],
    [
      ['workers', true],
      ['zone', false],
    ],
  ],
] as const)('of %j the worst counts', (zones, expected) => {
  const reports = zones.map(([ok, detail]) => [{ name: 'zone', ok, detail }]);
  expect(mergedChecks(reports, 2).map(({ name, ok }) => [name, ok])).toEqual(expected);
});
