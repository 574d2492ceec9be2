import type { Check } from '@lxdm/runtime';

/**
 * The metrics of several workers as one text: each family is described once, and its samples, which carry the worker as a label,
 * stand together as Prometheus wants them.
 */
export function mergedMetrics(texts: readonly string[]): string {
  const families = new Map<string, { head: string[]; samples: string[] }>();
  for (const text of texts) {
    let family: { head: string[]; samples: string[] } | undefined;
    for (const line of text.split('\n')) {
      if (line.startsWith('# HELP ')) {
        const name = line.split(' ')[2] ?? '';
        family = families.get(name) ?? { head: [], samples: [] };
        families.set(name, family);
      }
      if (line.startsWith('#')) {
        if (family && !family.head.includes(line)) family.head.push(line);
      } else if (line !== '') {
        family?.samples.push(line);
      }
    }
  }
  return [...families.values()].map(({ head, samples }) => `${[...head, ...samples].join('\n')}\n`).join('\n');
}

/** The checks of all workers: of each name the worst, and one about the workers themselves. */
export function mergedChecks(reports: readonly (readonly Check[])[], wanted: number): Check[] {
  const worst = new Map<string, Check>();
  for (const check of reports.flat()) {
    const known = worst.get(check.name);
    if (!known || (known.ok && !check.ok)) worst.set(check.name, check);
  }
  const detail = `${reports.length} of ${wanted} answer`;
  return [{ name: 'workers', ok: reports.length > 0, detail }, ...worst.values()];
}
