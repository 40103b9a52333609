/** Puts results into the documentation. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../paths.js';
import type { Report } from '../results.js';
import { formatReport } from '../table.js';
import { drawLatency } from './latency.js';
import { drawRatios } from './ratios.js';
import { drawStorm } from './storm.js';

const FIGURES = 'figures';

/** Answers the files that were written; a picture for which the report has no rows is not. */
export function plot(report: Report): string[] {
  mkdirSync(paths.docs, { recursive: true });
  const files: string[] = [];
  const write = (file: string, content: string): void => {
    writeFileSync(file, content);
    files.push(file);
  };
  const shows = (pattern: RegExp): boolean => report.rows.some((row) => pattern.test(row.workload));
  if (report.mode !== 'cluster' && shows(/^\S+$/))
    write(join(paths.docs, 'bench-ratios.svg'), drawRatios(report));
  if (shows(/^load /)) write(join(paths.docs, 'bench-latency.svg'), drawLatency(report));
  if (shows(/^storm$/)) write(join(paths.docs, 'bench-storm.svg'), drawStorm(report));
  write(paths.readme, withFigures(readFileSync(paths.readme, 'utf8'), report));
  return files;
}

/** The text with the tables of the report between the two marks for its kind. Throws if it has no such marks. */
export function withFigures(text: string, report: Report): string {
  const kind = report.mode === 'cluster' ? report.mode : FIGURES;
  const [begin, end] = [`<!-- ${kind}: begin -->`, `<!-- ${kind}: end -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`no place between ${begin} and ${end}`);
  const block = ['', '', '```text', formatReport(report), '```', '', ''].join('\n');
  return before + begin + block + end + after;
}
