import type { KeyResultDetail } from '../../api/contract.ts';
import { assumptionSentence } from '../../i18n/assumption-text.ts';
import { titleIn } from '../../i18n/index.ts';
import { bar } from './bar.ts';
import {
  automaticLine,
  baselineLine,
  guardLines,
  overrideLine,
  sourceName,
  waitingLine,
} from './definition-lines.ts';
import { dayBefore, formatValue, instantText, percent } from './format.ts';
import { currentText, targetText } from './goal.ts';
import { type Look, plain } from './look.ts';
import { paintOf } from './paint.ts';
import { cohortLines, pastLines } from './past.ts';
import { sampleLines } from './sample-lines.ts';
import { everyDay, sparkline } from './sparkline.ts';
import { dataPaint, dataText, statusPaint, statusText } from './status.ts';
import { oneLine, pad, textWidth, wrap } from './text.ts';
import { type Voice, voiceOf } from './voice.ts';

/** One Key Result: where it stands, what it promises, and what hangs on it. */
export function renderKeyResult(row: KeyResultDetail, look: Look): string {
  const voice = voiceOf(look);
  const paint = paintOf(look.color);
  const { say } = voice;
  const inner = look.columns === null ? null : Math.max(20, look.columns - 4);
  const sentence = (text: string) => wrap(text, inner).map((line) => `    ${line}`);
  const days = say('page.cycle_days', { startDay: row.cycle.startDay, lastDay: dayBefore(row.cycle.endDay) });
  const drawn = bar(row.progress, { width: 20, ascii: look.ascii });
  const source =
    row.source === null
      ? say('page.no_source')
      : `${row.source.environment === 'live' ? '' : `[${row.source.environment}] `}${sourceName(row.source, voice)} · ${row.source.metricTitle} (${row.source.metricKey})`;

  const facts: [string, string][] = [
    [say('page.objective'), titleIn(look.lang, { title: row.objectiveTitle, titles: row.objectiveTitles })],
    [say('page.cycle'), `${row.cycle.title}, ${days} (${row.cycle.timeZone})`],
    [say(`goal.${row.goal.kind}`), targetText(row, look, false, voice)],
    [say('column.start'), formatValue(row.startValue, row, look)],
    [say('column.value'), currentText(row, look, false)],
    [say('column.expected'), percent(row.expected, look, 1)],
    [say('column.owner'), row.owner ?? say('page.no_owner')],
    [say('column.source'), source],
  ];
  const width = Math.max(...facts.map(([name]) => textWidth(name)));
  const waiting = waitingLine(row, voice);
  const stated = [
    ...(row.override === null ? [] : [say('override.in_force', { untilDay: row.override.untilDay })]),
    ...(waiting === null ? [] : [waiting]),
    ...sampleLines(row, look, voice),
    ...cohortLines(row, voice),
  ];

  return [
    ...pastLines(row.asOf, look, voice).map((line) => paint.yellow(line)),
    `${paint.bold(oneLine(titleIn(look.lang, row)))}  ${paint.dim(row.key)}`,
    `  ${statusPaint(row.status.state, look)(statusText(row.status.state, look, voice))}`,
    ...sentence(voice.because(row.status.reason, row)),
    `  ${say('column.data')}: ${dataPaint(row.data.state, look)(dataText(row.data, look, voice))}`,
    ...sentence(voice.because(row.data.reason, row)),
    ...stated.flatMap((text) => sentence(text)),
    `  ${say('column.progress')}: ${drawn === '' ? '' : `${drawn} `}${percent(row.progress, look, 1)}`,
    `  ${paint.cyan(sparkline(everyDay(row.series), { width: 60, ascii: look.ascii }))}`.trimEnd(),
    '',
    ...facts.map(([name, value]) => plain(`  ${paint.dim(pad(name, width))}  ${oneLine(value)}`, look)),
    ...(row.description === '' ? [] : ['', ...sentence(oneLine(row.description))]),
    ...heading(say('guard.title'), row.guard === null ? [] : guardLines(row.guard, look, voice)),
    ...heading(
      say('baseline.title'),
      row.baselines.slice(0, 1).map((baseline) => baselineLine(baseline, row, look, voice)),
    ),
    ...heading(say('override.title'), overrideLines(row, look, voice)),
    ...heading(say('definition.text'), definitionLines(row, look)),
    ...heading(
      say('page.initiatives'),
      row.initiatives.map((item) => `${item.startDay}  ${oneLine(item.title)}`),
    ),
    ...heading(
      say('page.alerts'),
      row.alerts.map(
        (alert) => `${say(`alert.${alert.state}`)}  ${alert.kind}  ${instantText(alert.since, look)}`,
      ),
    ),
  ].join('\n');
}

/** Every override with its reason, and what the source says beside the one in force. */
function overrideLines(row: KeyResultDetail, look: Look, voice: Voice): string[] {
  const lines = row.overrides.map((override) => overrideLine(override, row, look, voice));
  return row.override === null ? lines : [...lines, automaticLine(row.automatic, row, look, voice)];
}

/** The sentence that it was read from, with what was assumed. */
function definitionLines({ definition }: KeyResultDetail, look: Look): string[] {
  if (definition === null) return [];
  const { text, metric, params, assumptions } = definition;
  const given = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`);
  const lines = [text, metric === null ? null : [metric, ...given].join(' ')];
  const assumed = assumptions.map((each) => plain(assumptionSentence(look.lang, each), look));
  return [...lines, ...assumed].flatMap((line) => (line === null ? [] : [oneLine(line)]));
}

function heading(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
