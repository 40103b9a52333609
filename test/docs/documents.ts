// All documents of the project, taken apart into what a test can check.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../harness/program.js';

const FENCE = /^( *)(`{3,}|~{3,})[ \t]*([^\n]*)\n([^]*?)^\1\2[ \t]*$/gm;
const SPAN = /(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/g;
const LINK = /\]\(([^()\s]+)(?:\s+"[^"]*")?\)|\b(?:src|srcset|href)="([^"]+)"/g;

const NOT_OURS = new Set(['node_modules', 'dist', '.cache', '.git']);

/** A piece of a document, and where a reader finds it. */
export interface Piece {
  readonly document: string;
  readonly line: number;
  readonly text: string;
}

/** A fenced block: what stands between two lines of backticks. */
export interface Block extends Piece {
  /** The word behind the backticks; empty without one. */
  readonly language: string;
}

export interface Document {
  /** The path from the root of the project. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Inline code, without its backticks, on one line. */
  readonly spans: readonly Piece[];
  /** The targets of links and images. */
  readonly links: readonly Piece[];
  /** The anchors that its headings make. */
  readonly anchors: readonly string[];
  /** The text without any code. */
  readonly prose: string;
}

/** Where a piece stands, as an error names it. */
export function placeOf({ document, line }: Piece): string {
  return `${document}:${line}`;
}

/** Every Markdown file of the project, also those that will be written. */
export const documents: readonly Document[] = pathsBelow(projectRoot)
  .sort()
  .map((path) => documentOf(path, readFileSync(join(projectRoot, path), 'utf8')));

function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : pathsBelow(path);
    return entry.name.endsWith('.md') ? [relative(projectRoot, path)] : [];
  });
}

export function documentOf(path: string, text: string): Document {
  const piece = (content: string, at: number): Piece => ({
    document: path,
    line: text.slice(0, at).split('\n').length,
    text: content,
  });
  const blocks = [...text.matchAll(FENCE)].map(({ 3: language = '', 4: code = '', index }) => ({
    ...piece(code, index),
    language: language.trim(),
  }));
  // Blanked and not removed, so that lines stay where they are.
  const blank = (code: string): string => code.replace(/[^\n]/g, ' ');
  const withoutBlocks = text.replace(FENCE, blank);
  const spans = [...withoutBlocks.matchAll(SPAN)].map(({ 2: code = '', index }) =>
    piece(code.replace(/\s+/g, ' ').trim(), index),
  );
  const prose = withoutBlocks.replace(SPAN, blank);
  const links = [...withoutBlocks.matchAll(LINK)].map(({ 1: inText, 2: inHtml, index }) =>
    piece(inText ?? inHtml ?? '', index),
  );
  const anchors = [...withoutBlocks.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return { path, text, blocks, spans, links, anchors, prose };
}

// As GitHub makes them.
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
