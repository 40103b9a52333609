// What a running relay exposes at /metrics, read as OpenMetrics.

/** The text of /metrics, line by line. */
export class Exposed {
  /** Types by the name of the metric. */
  readonly types = new Map<string, string>();
  /** Values by the line's name and labels, as they are written. */
  readonly values = new Map<string, number>();

  constructor(readonly text: string) {
    for (const line of text.split('\n')) {
      const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
      if (name !== undefined && type !== undefined) this.types.set(name, type);
      const [, labelled, value] = /^([^#]\S*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (labelled !== undefined) this.values.set(labelled, Number(value));
    }
  }

  /** The names that lines have, also of those metrics that have none yet. */
  get names(): Set<string> {
    return new Set([...this.types].flatMap(([name, type]) => SUFFIXES[type]!.map((suffix) => name + suffix)));
  }

  /** The value of a line, by its name and labels. */
  value(labelled: string): number | undefined {
    return this.values.get(labelled);
  }

  /** All names and values of labels. */
  get labels(): Map<string, Set<string>> {
    const labels = new Map<string, Set<string>>();
    for (const labelled of this.values.keys()) {
      for (const [, name = '', value = ''] of labelled.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
        labels.set(name, (labels.get(name) ?? new Set()).add(value));
      }
    }
    return labels;
  }
}

const SUFFIXES: Readonly<Record<string, string[]>> = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
};
