import type { BaselineHistoryView, DefinitionChangeView } from '../../api/contracts/definition.ts';
import { titleIn } from '../../i18n/index.ts';
import { baselineLine } from './definition-lines.ts';
import { formatValue, type Measure, number, percent, reasonFormat } from './format.ts';
import { type Look, plain } from './look.ts';
import { type Paint, paintOf } from './paint.ts';
import { statusPaint, statusText } from './status.ts';
import { layoutTable } from './table.ts';
import { oneLine } from './text.ts';
import { type Voice, voiceOf } from './voice.ts';

/** Points that are listed without `--verbose`. */
const pointsShown = 31;

/** Where the start of a Key Result comes from, with the points that it was made from. */
export function renderBaselines(history: BaselineHistoryView, look: Look): string {
  const voice = voiceOf(look);
  const paint = paintOf(look.color);
  const [first, ...before] = history.baselines;
  // A start that was given, or cleared to be captured again, is in none of the rows.
  const current = first !== undefined && first.value === history.startValue ? first : null;
  const earlier = current === null ? history.baselines : before;
  const rule = history.rule;
  const days = rule !== null && 'days' in rule ? ` (${rule.days} d)` : '';
  const lines = [
    `${paint.bold(voice.say('baseline.title'))}  ${paint.dim(history.keyResult)}`,
    `  ${currentLine(history, current, look, voice)}`,
    `  ${voice.say('baseline.rule')}: ${voice.say(rule === null ? 'baseline.rule.usual' : `baseline.rule.${rule.kind}`)}${days}`,
    ...(current === null ? [] : pointLines(current, history, look, voice, paint)),
  ];
  if (earlier.length > 0) {
    lines.push('', paint.bold(voice.say('baseline.before')));
    lines.push(...earlier.map((each) => `  ${baselineLine(each, history, look, voice)}`));
  }
  return plain(lines.join('\n'), look);
}

type Baseline = BaselineHistoryView['baselines'][number];

function currentLine(
  history: BaselineHistoryView,
  current: Baseline | null,
  look: Look,
  voice: Voice,
): string {
  if (current !== null) return baselineLine(current, history, look, voice);
  if (history.startValue === null) return voice.say('baseline.awaiting');
  return voice.say('baseline.given', { value: formatValue(history.startValue, history, look) });
}

function pointLines(baseline: Baseline, measure: Measure, look: Look, voice: Voice, paint: Paint): string[] {
  const { points, metric } = baseline.evidence;
  if (points.length === 0) return [];
  const newest = points.toReversed();
  const shown = look.verbose ? newest : newest.slice(0, pointsShown);
  const table = layoutTable(
    [
      { title: voice.say('column.day'), priority: 9 },
      { title: voice.say('column.value'), priority: 8, align: 'right' },
      { title: voice.say('column.revision'), priority: 5, align: 'right' },
    ],
    shown.map(({ day, value, numerator, denominator, revision }) => [
      day,
      `${formatValue(value, measure, look)}${numerator === null || denominator === null ? '' : ` (${numerator} ÷ ${denominator})`}`,
      String(revision),
    ]),
    { columns: look.columns, ascii: look.ascii, indent: 2, paintHeader: paint.dim },
  );
  const more = newest.length - shown.length;
  return [
    '',
    `${paint.bold(voice.say('evidence.points'))}  ${paint.dim(metric ?? '')}`,
    `  ${voice.say('baseline.frozen')}`,
    table.header,
    ...table.rows,
    ...(more > 0 ? [paint.dim(`  … +${more} (--verbose)`)] : []),
  ];
}

/** A new definition beside the one in use: what it changes in the numbers, and in the verdict. */
export function renderChange(change: DefinitionChangeView, look: Look): string {
  const voice = voiceOf(look);
  const paint = paintOf(look.color);
  const { keyResult, metric, from, to, reason, jump, overlap, problem } = change;
  const lines = [
    `${paint.bold(oneLine(titleIn(look.lang, keyResult)))}  ${paint.dim(keyResult.key)}`,
    `  ${oneLine(metric.title)} (${metric.key}), ${voice.say('evidence.definition_version', { version: from.version })} → ${to.version}${reason === null ? '' : `: ${oneLine(reason)}`}`,
    ...differences(from, to).map((line) => `    ${line}`),
    `  ${jump === null ? voice.say('definition.jump_none') : voice.say('definition.jump', { day: jump.day, ...jumpWords(jump, metric, look) })}`,
  ];
  if (overlap !== null) {
    const { days, differing } = overlap;
    lines.push(
      `  ${voice.say('definition.overlap', { days, differing, ...jumpWords(overlap, metric, look) })}`,
    );
  }
  if (change.onOld !== null)
    lines.push(`  ${standing('definition.on_old', change.onOld, metric, look, voice)}`);
  if (change.onNew !== null)
    lines.push(`  ${standing('definition.on_new', change.onNew, metric, look, voice)}`);
  if (change.baseline !== null && problem === null) {
    const value = formatValue(change.baseline, metric, look);
    lines.push(`  ${voice.say('definition.baseline_old', { value })}`);
  }
  if (problem !== null) lines.push(`  ${paint.red(voice.say('definition.cannot', { problem }))}`);
  return plain(lines.join('\n'), look);
}

type Version = DefinitionChangeView['from'];

/** The parts of the definition that differ, as "name: old → new". */
function differences(from: Version, to: Version): string[] {
  const parts = ({ formula, timeZone, unit, currency, params }: Version): Record<string, unknown> => ({
    formula,
    timeZone,
    unit,
    currency,
    ...params,
  });
  const [a, b] = [parts(from), parts(to)];
  const text = (value: unknown) =>
    typeof value === 'string' ? value : (JSON.stringify(value ?? null) ?? '');
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => text(a[name]) !== text(b[name]))
    .map((name) => `${name}: ${text(a[name])} → ${text(b[name])}`);
}

type Jump = { old: number; new: number; difference: number; percent: number | null };

function jumpWords(jump: Jump, measure: Measure, look: Look) {
  const sign = (text: string, of: number) => (of > 0 ? `+${text}` : text);
  // From 10 % to 15 % is 5 points, and half as much again.
  const distance =
    measure.unit === 'ratio'
      ? reasonFormat(measure, look).points(jump.difference)
      : formatValue(jump.difference, measure, look);
  return {
    old: formatValue(jump.old, measure, look),
    new: formatValue(jump.new, measure, look),
    difference: sign(distance, jump.difference),
    percent: jump.percent === null ? '–' : sign(`${number(jump.percent * 100, look, 1)} %`, jump.percent),
  };
}

function standing(
  title: 'definition.on_old' | 'definition.on_new',
  at: NonNullable<DefinitionChangeView['onOld']>,
  measure: Measure,
  look: Look,
  voice: Voice,
): string {
  const status = statusPaint(at.status, look)(statusText(at.status, look, voice));
  const value = formatValue(at.currentValue, measure, look);
  return `${voice.say(title)}: ${value}, ${percent(at.progress, look, 1)}, ${status}`;
}
