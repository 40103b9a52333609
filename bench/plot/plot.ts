/** Puts results into the documentation. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../paths.js';
import type { Report } from '../results.js';
import { formatReport } from '../table.js';
import { drawLatency } from './latency.js';
import { drawRatios } from './ratios.js';

const BEGIN = '<!-- figures: begin -->';
const END = '<!-- figures: end -->';

/** Answers the files that were written; a picture for which the report has no rows is not. */
export function plot(report: Report): string[] {
  mkdirSync(paths.docs, { recursive: true });
  const files: string[] = [];
  const write = (file: string, content: string): void => {
    writeFileSync(file, content);
    files.push(file);
  };
  const shows = (pattern: RegExp): boolean => report.rows.some((row) => pattern.test(row.workload));
  if (shows(/^\S+$/)) write(join(paths.docs, 'bench-ratios.svg'), drawRatios(report));
  if (shows(/^load /)) write(join(paths.docs, 'bench-latency.svg'), drawLatency(report));
  write(paths.readme, withFigures(readFileSync(paths.readme, 'utf8'), report));
  return files;
}

/** The text with the tables of the report between its two marks. Throws if it has no such marks. */
export function withFigures(text: string, report: Report): string {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`no place between ${BEGIN} and ${END}`);
  const block = ['', '', '```text', formatReport(report), '```', '', ''].join('\n');
  return before + BEGIN + block + END + after;
}
