import type { BoardRow } from '../api/contract.ts';
import type { BoardSection } from './board-order.ts';

/** The board from top to bottom, one line after the other, so that only those in sight need to be drawn. */
export type BoardLine =
  | { kind: 'head'; key: string; section: BoardSection }
  | { kind: 'row'; key: string; section: BoardSection; row: BoardRow; position: number }
  | { kind: 'empty'; key: string; section: BoardSection }
  | { kind: 'gap'; key: string; section: BoardSection };

export function linesOf(sections: readonly BoardSection[]): BoardLine[] {
  return sections.flatMap((section): BoardLine[] => {
    const { id, rows } = section;
    return [
      { kind: 'head', key: `head ${id}`, section },
      ...(rows.length === 0 ? [{ kind: 'empty' as const, key: `empty ${id}`, section }] : []),
      ...rows.map((row, index) => ({
        kind: 'row' as const,
        key: `row ${row.id}`,
        section,
        row,
        position: index + 1,
      })),
      { kind: 'gap', key: `gap ${id}`, section },
    ];
  });
}

const GAP_PX = 20;

/** About how high a line is before it has been drawn, by the width of the window. */
export function estimatedHeight(line: BoardLine | undefined, windowWidth: number): number {
  const width = windowWidth >= 1200 ? 2 : windowWidth >= 640 ? 1 : 0;
  switch (line?.kind) {
    case 'head':
      return [88, 76, 76][width] ?? 76;
    case 'row':
      return [224, 140, 76][width] ?? 76;
    case 'empty':
      return 52;
    default:
      return GAP_PX;
  }
}

/** Lines of one section that follow each other in the document, below an empty room of so many pixels. */
export type LinesBlock = {
  key: string;
  before: number;
  /** Null: the line between two sections, which is `first`. */
  section: BoardSection | null;
  /** The heading, when it is in sight. */
  first: { index: number } | null;
  rest: { index: number }[];
};

/**
 * The lines that are drawn, put together by section. A block keeps its key however far its section has moved out of
 * sight, so that nothing is made anew while the page scrolls.
 */
export function blocksOf(
  items: readonly { index: number; start: number; end: number }[],
  lines: readonly BoardLine[],
  margin: number,
): LinesBlock[] {
  const blocks: LinesBlock[] = [];
  const keys = new Set<string>();
  let end = margin;
  for (const { end: itemEnd, index, start } of items) {
    const line = lines[index];
    if (line === undefined) continue;
    const before = Math.max(0, start - end);
    end = itemEnd;
    const last = blocks.at(-1);
    const follows = before < 0.5 && last?.section?.id === line.section.id;
    if (follows && (line.kind === 'row' || line.kind === 'empty')) {
      last.rest.push({ index });
      continue;
    }
    const name = `${line.kind === 'gap' ? 'gap' : 'section'} ${line.section.id}`;
    const isHead = line.kind === 'head' || line.kind === 'gap';
    blocks.push({
      // The line that has the focus may stand apart from the others of its section.
      key: keys.has(name) ? `${name} again` : name,
      before,
      section: line.kind === 'gap' ? null : line.section,
      first: isHead ? { index } : null,
      rest: isHead ? [] : [{ index }],
    });
    keys.add(name);
  }
  return blocks;
}
