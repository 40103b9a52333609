/** Columns of text for a terminal. */

/**
 * Lines of cells under their heads; the first `left` columns stand left, the others right, and whatever is
 * behind the heads follows as it is. An empty line begins a group.
 */
export function textGrid(
  heads: readonly string[],
  lines: readonly (readonly string[])[],
  left: number,
): string {
  const widths = heads.map((head, column) => {
    return Math.max(head.length, ...lines.map((line) => line[column]?.length ?? 0));
  });
  const format = (line: readonly string[]): string => {
    const cells = line.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column < left ? cell.padEnd(width) : cell.padStart(width);
    });
    return cells.join('  ').trimEnd();
  };
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [format(heads), rule, ...lines.map(format)].join('\n');
}
