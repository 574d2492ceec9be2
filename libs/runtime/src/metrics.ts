import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of this process, in Prometheus's terms. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

/** A number that only grows; names end in `_total`. */
export function counter<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> {
  return new Counter({ name, help, labelNames, registers: [metrics] });
}

/** A number that goes up and down. */
export function gauge<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames, registers: [metrics] });
}

/** How a quantity is spread; durations in seconds. */
export function histogram<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
  buckets?: number[],
): Histogram<Label> {
  return new Histogram({ name, help, labelNames, registers: [metrics], ...(buckets ? { buckets } : {}) });
}
