/**
 * Writes the private members of classes as plain ones with short names. Televisions of 2021 do not know `#name`, and
 * a compiler that keeps such members private all the same writes a WeakMap for each: larger, and slower at each use.
 */
import ts from 'typescript';

/** A plugin of rolldown, for modules that the compiler has written. */
export function plainMembers() {
  return { name: 'plain-members', transform: (code) => ({ code: rewrite(code) }) };
}

function rewrite(code) {
  const edits = [];
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true);
  ts.forEachChild(source, function visit(node, names) {
    const own = ts.isClassLike(node) ? namesFor(node) : names;
    const { pos, end } = node;
    if (ts.isPrivateIdentifier(node)) edits.push({ start: node.getStart(), end, text: own(node.text) });
    // A member without a value is there as soon as it has one.
    else if (isEmpty(node)) edits.push({ start: pos, end, text: '' });
    else ts.forEachChild(node, (child) => visit(child, own));
  });
  const parts = edits.map(({ start, text }, index) => code.slice(edits[index - 1]?.end ?? 0, start) + text);
  return parts.join('') + code.slice(edits.at(-1)?.end ?? 0);
}

/** What is private in a class and in the one that it extends are two members still. */
function namesFor({ heritageClauses }) {
  const names = [];
  return (name) => {
    if (!names.includes(name)) names.push(name);
    return `${heritageClauses ? '$' : '_'}${names.indexOf(name).toString(36)}`;
  };
}

function isEmpty(node) {
  return ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name) && !node.initializer;
}
