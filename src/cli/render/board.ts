import type { Board, KeyResultRow } from '../../api/contract.ts';
import { phases, stages } from '../../domain/life-cycle.ts';
import { en } from '../../i18n/en.ts';
import { titleIn } from '../../i18n/index.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { bar } from './bar.ts';
import { guardLines, sourceName, waitingLine } from './definition-lines.ts';
import { dayBefore, percent } from './format.ts';
import { currentText, targetText } from './goal.ts';
import { type Look, plain } from './look.ts';
import { type Paint, paintOf } from './paint.ts';
import { cohortLines, pastLines } from './past.ts';
import { everyDay, sparkline } from './sparkline.ts';
import { dataPaint, dataText, statusPaint, statusText } from './status.ts';
import { type Cell, type Column, layoutTable } from './table.ts';
import { oneLine, pad, wrap } from './text.ts';
import { type Voice, voiceOf } from './voice.ts';

/** Statuses that need no sentence: they go as hoped, or have nothing to say yet. */
const quiet: ReadonlySet<string> = new Set(['on_track', 'achieved', 'not_started', 'too_early']);
const quietData: ReadonlySet<string> = new Set(['fresh', 'none']);

/** The board as text: objectives, one line for each Key Result, and why wherever it does not go as hoped. */
export function renderBoard(board: Board, look: Look, groupBy: GroupBy | null = null): string {
  const voice = voiceOf(look);
  const paint = paintOf(look.color);
  const rows = board.objectives.flatMap((objective) => objective.keyResults);
  const lines = [
    heading(board, look, voice, paint),
    ...pastLines(board.asOf, look, voice).map((line) => paint.yellow(line)),
  ];
  if (rows.length === 0) return [...lines, '', ...emptyBoard(board, voice)].join('\n');

  const table = layoutTable(
    columnsOf(voice, isWide(look)),
    rows.map((row) => cellsOf(row, look, voice, paint)),
    { columns: look.columns, ascii: look.ascii, indent: 2, paintHeader: paint.dim },
  );
  lines.push('', table.header);
  const drawn = new Map(rows.map((row, index) => [row.id, table.rows[index] ?? '']));
  let shownGroup: string | null = null;
  for (const { group, objective } of grouped(board, groupBy)) {
    if (objective.keyResults.length === 0 && !look.verbose) continue;
    if (group !== null && group !== shownGroup) lines.push('', paint.cyan(groupTitle(group, groupBy, voice)));
    shownGroup = group;
    lines.push(
      `${paint.bold(oneLine(titleIn(look.lang, objective)))}  ${paint.dim(percent(objective.progress, look))}`,
    );
    for (const row of objective.keyResults) {
      lines.push(drawn.get(row.id) ?? '');
      for (const sentence of reasonsOf(row, look, voice)) {
        lines.push(...wrap(sentence, innerWidth(look)).map((text) => paint.dim(`    ${text}`)));
      }
    }
  }
  return [...lines, ...footer(rows, voice, look, paint)].join('\n');
}

export type GroupBy = 'phase' | 'stage';
type BoardObjective = Board['objectives'][number];

/** The objectives in the order of their groups: by the life of a product, or by its funnel; the ungrouped last. */
function grouped(
  board: Board,
  groupBy: GroupBy | null,
): { group: string | null; objective: BoardObjective }[] {
  if (groupBy === null) return board.objectives.map((objective) => ({ group: null, objective }));
  const order: readonly string[] = groupBy === 'phase' ? phases : stages;
  const place = (group: string) => (order.includes(group) ? order.indexOf(group) : order.length);
  return board.objectives
    .map((objective) => ({ group: objective[groupBy] ?? 'none', objective }))
    .toSorted((a, b) => place(a.group) - place(b.group));
}

function groupTitle(group: string, groupBy: GroupBy | null, voice: Voice): string {
  const name = `${groupBy ?? 'stage'}.${group}`;
  return Object.hasOwn(en, name) ? voice.say(name as MessageKey) : group;
}

function heading(board: Board, look: Look, voice: Voice, paint: Paint): string {
  const title = paint.bold(oneLine(board.workspace.name));
  if (board.cycle === null) return title;
  const { startDay, endDay, timeZone } = board.cycle;
  const days = voice.say('page.cycle_days', { startDay, lastDay: dayBefore(endDay) });
  return `${title}${plain(` · ${oneLine(board.cycle.title)} · ${days} (${timeZone})`, look)}`;
}

function emptyBoard(board: Board, voice: Voice): string[] {
  if (board.cycle === null) return [voice.say('state.no_cycle')];
  return [voice.say('state.empty_board'), voice.say('state.empty_board_next')];
}

function columnsOf(voice: Voice, wide: boolean): Column[] {
  return [
    { title: voice.say('column.key_result'), priority: 9, minWidth: 16 },
    { title: voice.say('column.trend'), priority: 3 },
    { title: voice.say('column.value'), priority: 8, align: 'right' },
    { title: voice.say('column.target'), priority: 5, align: 'right' },
    { title: voice.say('column.progress'), priority: 6, align: wide ? 'left' : 'right' },
    { title: voice.say('column.expected'), priority: 2, align: 'right' },
    { title: voice.say('column.status'), priority: 8 },
    { title: voice.say('column.data'), priority: 7 },
    { title: voice.say('column.source'), priority: 1, minWidth: 13 },
  ];
}

function cellsOf(row: KeyResultRow, look: Look, voice: Voice, paint: Paint): Cell[] {
  const wide = isWide(look);
  const short = !look.verbose;
  return [
    titleIn(look.lang, row),
    { text: sparkline(everyDay(row.trend), { width: wide ? 12 : 8, ascii: look.ascii }), paint: paint.cyan },
    currentText(row, look, short),
    targetText(row, look, short, voice),
    progressText(row.progress, wide ? 5 : 0, look),
    percent(row.expected, look),
    { text: statusText(row.status.state, look, voice), paint: statusPaint(row.status.state, look) },
    { text: dataText(row.data, look, voice), paint: dataPaint(row.data.state, look) },
    sourceText(row, look, voice),
  ];
}

function isWide(look: Look): boolean {
  return look.columns === null || look.columns >= 110;
}

function progressText(progress: number | null, width: number, look: Look): string {
  const share = percent(progress, look);
  if (width === 0 || progress === null) return share;
  return `${bar(progress, { width, ascii: look.ascii })} ${pad(share, 5, 'right')}`;
}

function sourceText(row: KeyResultRow, look: Look, voice: Voice): string {
  const { source } = row;
  if (source === null || row.tracking === 'check_in') return voice.say('origin.manual');
  // The label stands first, where a narrow column cannot cut it off.
  const label = source.environment === 'live' ? '' : `[${source.environment}] `;
  return plain(`${label}${sourceName(source, voice)} · ${oneLine(source.metricTitle)}`, look);
}

function reasonsOf(row: KeyResultRow, look: Look, voice: Voice): string[] {
  const sentences: string[] = [];
  const { status, data } = row;
  if (look.verbose || !quiet.has(status.state)) sentences.push(voice.because(status.reason, row));
  if (status.lastKnown !== null) {
    const word = voice.say(`status.${status.lastKnown.state}`);
    sentences.push(voice.say('status.last_known', { status: word, day: status.lastKnown.asOfDay }));
  }
  if (look.verbose) sentences.push(...cohortLines(row, voice));
  // Where people say the value, nothing comes by itself: whoever was never asked is reminded.
  const isAsked = row.tracking === 'check_in' && data.state === 'none';
  if (look.verbose || isAsked || !quietData.has(data.state)) sentences.push(voice.because(data.reason, row));
  if (row.override !== null)
    sentences.push(voice.say('override.in_force', { untilDay: row.override.untilDay }));
  // A guard that is kept has nothing to say until somebody asks.
  if (row.guard !== null && (look.verbose || row.guard.state !== 'kept')) {
    sentences.push(guardLines(row.guard, look, voice).join(' – '));
  }
  const waiting = waitingLine(row, voice);
  if (waiting !== null) sentences.push(waiting);
  return [...new Set(sentences)];
}

function innerWidth(look: Look): number | null {
  return look.columns === null ? null : Math.max(20, look.columns - 4);
}

function footer(rows: readonly KeyResultRow[], voice: Voice, look: Look, paint: Paint): string[] {
  const counts = new Map<KeyResultRow['status']['state'], number>();
  for (const { status } of rows) counts.set(status.state, (counts.get(status.state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${voice.say(`status.${state}`)}`);
  const lines = ['', parts.join(plain(' · ', look))];
  const sandbox = rows.filter((row) => row.source?.environment === 'sandbox').length;
  if (sandbox > 0) {
    const share = sandbox === rows.length ? '' : ` (${sandbox}/${rows.length})`;
    const note = `${voice.say('label.sandbox')}${share}: ${voice.say('label.sandbox_detail')}`;
    lines.push(...wrap(note, look.columns).map((text) => paint.dim(text)));
  }
  return lines;
}
