// Compiles what documents show, strictly and against the sources, all in one program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../harness/program.js';
import type { Piece } from './documents.js';
import { placeOf } from './documents.js';

/** Where the package leads to before it is built; the client is also imported as the relay serves it. */
const PATHS = {
  'carparty-relay': ['./src/index.ts'],
  'carparty-relay/client': ['./client/src/index.ts'],
  '/client.js': ['./client/src/index.ts'],
};

/** Within `test`, so that packages are found from there; nothing is written. */
const FOLDER = join(projectRoot, 'test/docs/shown');

/** @returns what is wrong, a sentence for each error, with the place of the piece that it is in. */
export function compile(pieces: readonly Piece[]): string[] {
  const sources = new Map(pieces.map((piece, at) => [join(FOLDER, `${at}.ts`), piece]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const onDisk = ts.createCompilerHost(options);
  host.fileExists = (name) => sources.has(name) || onDisk.fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    const piece = sources.get(name);
    return piece
      ? ts.createSourceFile(name, asModule(piece.text), target)
      : onDisk.getSourceFile(name, target, ...rest);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources].flatMap(([name, piece]) => {
    const file = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(
      ({ messageText }) => `${placeOf(piece)} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

function compilerOptions(): ts.CompilerOptions {
  const path = join(projectRoot, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, (name) => readFileSync(name, 'utf8')) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
  return {
    ...options,
    paths: PATHS,
    // The client runs in browsers, too.
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  };
}

/** Without an import or export a file would share its names with all others. */
function asModule(text: string): string {
  return `${text}\nexport {};\n`;
}

/**
 * Names that a block calls and does not declare: functions of the reader's own game. What it reads and does not
 * declare is a mistake.
 */
export function functionsOfReader(text: string): string[] {
  const file = ts.createSourceFile('block.ts', text, ts.ScriptTarget.ESNext, true);
  const called = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) called.add(node.expression.text);
    if (
      (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isParameter(node)) &&
      node.name
    )
      declared.add(node.name.getText());
    if (ts.isImportSpecifier(node)) declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...called].filter((name) => !declared.has(name) && !(name in globalThis));
}
