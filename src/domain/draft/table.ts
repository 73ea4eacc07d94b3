import { languageOf } from './plain.ts';

/** What a row says, by the head of its columns. */
export type TableRow = { objective: string; keyResult: string; readAs: string | null; initiative: string };
type Column = 'objective' | 'key_result' | 'start' | 'target' | 'deadline' | 'initiative';

const heads: readonly [Column, RegExp][] = [
  ['key_result', /^(?:key results?|krs?|关键结果|关键成果|metric|指标|measure|衡量指标)\s*\d*$/i],
  [
    'start',
    /^(?:start(?:ing)?(?: value)?|baseline|from|current(?: value)?|as is|today|now|起始值?|初始值?|基线值?|当前值?|现状|基准值?)$/i,
  ],
  ['target', /^(?:target(?: value)?|to|goal value|目标值|指标值)$/i],
  ['deadline', /^(?:deadline|due(?: date)?|by(?: when)?|截止(?:日期|时间)?|完成时间|期限)$/i],
  ['initiative', /^(?:initiatives?|actions?|projects?|举措|关键举措|行动(?:计划|项)?|措施)$/i],
  ['objective', /^(?:objectives?|goals?|o|目标|okr)$/i],
];

/** The cells of a row of a markdown or tab-separated table; null when the line is none. */
export function cellsOf(raw: string): string[] | null {
  const line = raw.trim();
  if (line.startsWith('|') || (line.match(/\|/g)?.length ?? 0) >= 2) {
    return line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map(clean);
  }
  return /\S\t+\S/.test(raw) ? raw.split('\t').map(clean) : null;
}

function clean(cell: string): string {
  return cell.replace(/\*\*|__|`|<br\s*\/?>/g, ' ').trim();
}

/** Which column is what; null when no column holds Key Results. */
export function columnsOf(cells: readonly string[]): Map<Column, number> | null {
  const columns = new Map<Column, number>();
  for (const [index, cell] of cells.entries()) {
    const column = heads.find(([, pattern]) => pattern.test(cell))?.[0];
    if (column !== undefined && !columns.has(column)) columns.set(column, index);
  }
  if (!columns.has('key_result')) return null;
  // Beside a metric and its start, a column called 目标 or "goal" is the value to reach.
  const objective = columns.get('objective');
  const start = columns.get('start');
  if (objective !== undefined && start !== undefined && !columns.has('target') && objective > start) {
    columns.set('target', objective);
    columns.delete('objective');
  }
  return columns;
}

/** A row as sentences: "NPS | 30 | 45" is "NPS from 30 to 45". */
export function rowOf(
  cells: readonly string[],
  columns: ReadonlyMap<Column, number>,
  measures: (text: string) => boolean,
): TableRow {
  const cell = (column: Column) => cells[columns.get(column) ?? -1] ?? '';
  const keyResult = cell('key_result');
  const han = languageOf(keyResult) === 'zh';
  const start = cell('start');
  const target = cell('target');
  let sentence = keyResult;
  if (target !== '' && !measures(keyResult)) {
    if (han) sentence = start === '' ? `${keyResult}达到${target}` : `${keyResult}从${start}到${target}`;
    else
      sentence = start === '' ? `${keyResult} to reach ${target}` : `${keyResult} from ${start} to ${target}`;
  }
  const deadline = cell('deadline');
  if (deadline !== '') sentence = han ? `${sentence}，${deadline}` : `${sentence} by ${deadline}`;
  return {
    objective: cell('objective'),
    keyResult,
    readAs: sentence === keyResult ? null : sentence,
    initiative: cell('initiative'),
  };
}
