/** A metric that is read at a scrape, and costs nothing until then. */
import type { Metric } from 'prom-client';
import type { OpenRegistry } from './registry.js';

/** One line of a metric. */
export interface Sample {
  /** Values of closed lists only: a code or id would make a series for each party there ever was. */
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** The name of the line where it is not that of the metric, as for the buckets of a histogram. */
  readonly metricName?: string;
}

export interface MetricSource {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'gaugehistogram';
  read(): Sample[];
}

/** What a histogram is made of: counts up to each bound, and all together. */
export interface Buckets {
  readonly upTo: readonly (readonly [bound: number, count: number])[];
  readonly sum: number;
  readonly count: number;
}

/** Takes part in a registry of prom-client, whose own metrics want to be told each value when it comes. */
export class ReadMetric {
  name: string;

  constructor(private readonly source: MetricSource) {
    this.name = source.name;
  }

  get type(): string {
    return this.source.type;
  }

  get(): Promise<object> {
    const { help, type } = this.source;
    return Promise.resolve({ name: this.name, help, type, values: this.source.read(), aggregator: 'sum' });
  }

  registerIn(registry: OpenRegistry): void {
    // The registry needs no more of a metric than this; its type names all that its own have.
    registry.registerMetric(this as unknown as Metric);
  }
}

/** The lines of a histogram; `gauge` is one of what is now, which may fall. */
export function linesOf(
  name: string,
  { upTo, sum, count }: Buckets,
  labels: Sample['labels'] = {},
  gauge: '' | 'g' = '',
): Sample[] {
  const buckets = [...upTo, ['+Inf', count] as const];
  return [
    ...buckets.map(([le, value]) => ({ metricName: `${name}_bucket`, labels: { ...labels, le }, value })),
    { metricName: `${name}_${gauge}sum`, labels, value: sum },
    { metricName: `${name}_${gauge}count`, labels, value: count },
  ];
}
