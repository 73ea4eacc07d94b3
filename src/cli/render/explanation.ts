import type { Explanation } from '../../api/contract.ts';
import { plainFormat, titleIn } from '../../i18n/index.ts';
import { definitionText } from './catalog.ts';
import { baselineLine, guardLines, overrideLine, waitingLine } from './definition-lines.ts';
import { bytes, dayBefore, durationMs, formatValue, instantText, type Measure, percent } from './format.ts';
import { currentText, targetText } from './goal.ts';
import { type Look, plain } from './look.ts';
import { type Paint, paintOf } from './paint.ts';
import { cohortLines, pastLines } from './past.ts';
import { sampleLines } from './sample-lines.ts';
import { dataPaint, dataText, statusPaint, statusText } from './status.ts';
import { layoutTable } from './table.ts';
import { oneLine, wrap } from './text.ts';
import { type Voice, voiceOf } from './voice.ts';

type Point = Explanation['points'][number];
type Run = Explanation['runs'][number];
type Pen = { look: Look; voice: Voice; paint: Paint };

/** Points that are listed without `--verbose`; the rest are counted. */
const pointsShown = 14;

/** The walk from the progress number to formula, snapshot, points, sync runs, requests and answer digests. */
export function renderExplanation(explanation: Explanation, look: Look): string {
  const pen: Pen = { look, voice: voiceOf(look), paint: paintOf(look.color) };
  return [
    ...pastLines(explanation.asOf, look, pen.voice).map((line) => pen.paint.yellow(line)),
    ...headLines(explanation, pen),
    ...formulaLines(explanation, pen),
    ...aroundLines(explanation, pen),
    ...snapshotLines(explanation, pen),
    ...pointLines(explanation.points, explanation.keyResult, pen, { overridden: isOverridden(explanation) }),
    ...inputLines(explanation, pen),
    ...explanation.runs.flatMap((run) => runLines(run, pen)),
    ...broughtLines(explanation, pen),
  ].join('\n');
}

function headLines({ keyResult: row }: Explanation, { look, voice, paint }: Pen): string[] {
  const state = statusPaint(row.status.state, look)(statusText(row.status.state, look, voice));
  const data = dataPaint(row.data.state, look)(dataText(row.data, look, voice));
  const asOf =
    row.status.asOfDay === null ? '' : ` (${voice.say('status.as_of', { day: row.status.asOfDay })})`;
  const lines = [
    `${paint.bold(oneLine(titleIn(look.lang, row)))}  ${paint.dim(row.key)}`,
    `  ${state}${asOf}`,
    ...wrap(voice.because(row.status.reason, row), inner(look)).map((text) => `    ${text}`),
    ...cohortLines(row, voice).flatMap((text) => wrap(text, inner(look)).map((line) => `    ${line}`)),
    `  ${voice.say('column.data')}: ${data}`,
    ...wrap(voice.because(row.data.reason, row), inner(look)).map((text) => `    ${text}`),
    ...sampleLines(row, look, voice).flatMap((text) => wrap(text, inner(look)).map((line) => `    ${line}`)),
  ];
  const times = [
    row.data.dataThroughDay === null
      ? null
      : `${voice.say('time.data_through_label')} ${row.data.dataThroughDay}`,
    `${voice.say('time.fetched_label')} ${instantText(row.data.fetchedAt, look)}`,
    `${voice.say('time.computed_label')} ${instantText(row.data.computedAt, look)}`,
  ];
  lines.push(paint.dim(`    ${times.filter((text) => text !== null).join(plain(' · ', look))}`));
  if (row.source !== null && row.source.environment !== 'live') {
    const label = voice.say(row.source.environment === 'sandbox' ? 'label.sandbox' : 'label.test_mode');
    lines.push(`  [${row.source.environment}] ${label}`);
  }
  return lines;
}

function formulaLines({ keyResult: row, formula }: Explanation, { look, voice, paint }: Pen): string[] {
  const value = `${currentText(row, look, false)} ${plain('→', look)} ${targetText(row, look, false, voice)}`;
  return [
    '',
    `${paint.bold(voice.say('column.progress'))}  ${percent(row.progress, look, 1)}  (${value})`,
    `  ${voice.say('evidence.formula')}: ${plain(oneLine(formula.rule), look)}`,
    `    ${plain(oneLine(formula.numbers), look)}`,
  ];
}

/** How the chance came about: what it is, by which method, and from what. */
function forecastLines(
  forecast: NonNullable<NonNullable<Explanation['snapshot']>['forecast']> | null,
  { currency, unit }: Explanation['keyResult'],
  { look, voice, paint }: Pen,
): string[] {
  if (forecast === null) return [];
  const head = paint.bold(voice.say('evidence.forecast'));
  if (!forecast.available) return ['', head, `  ${voice.say('evidence.no_forecast', { why: forecast.why })}`];
  const { chance, inputs, members } = forecast;
  const format = plainFormat(look.lang, unit, currency);
  const written = forecast.of === 'share' ? format.fraction : format.value;
  const said = [
    voice.say('evidence.forecast_chance', {
      chance: percent(chance.smoothed, look),
      latest: percent(chance.raw, look),
      low: written(forecast.p10),
      high: written(forecast.p90),
      middle: written(forecast.p50),
      day: forecast.deadlineDay,
    }),
    voice.say('evidence.forecast_method', {
      method: forecast.method,
      members: Object.entries(members)
        .map(([name, share]) => `${name} ${percent(share, look)}`)
        .join(', '),
      observations: inputs.observations,
      from: inputs.from,
      through: inputs.through,
      gaps: inputs.gaps,
    }),
  ];
  return ['', head, ...said.flatMap((text) => wrap(text, inner(look)).map((line) => `  ${line}`))];
}

function snapshotLines({ keyResult, snapshot, metric }: Explanation, { look, voice, paint }: Pen): string[] {
  if (snapshot === null) return ['', voice.say('state.no_evidence')];
  const lines = [
    '',
    `${paint.bold(voice.say('evidence.snapshot'))}  ${snapshot.id}`,
    `  ${voice.say('status.as_of', { day: snapshot.asOfDay })}; ${voice.say('time.computed_label')} ${instantText(snapshot.computedAt, look)}`,
    `  ${voice.say('evidence.inputs_digest')}: ${snapshot.inputsDigest}`,
    `  ${voice.say('evidence.definition')}: ${voice.say('evidence.definition_version', { version: snapshot.definitionVersion })}`,
  ];
  if (metric === null) return lines;
  return [
    ...lines,
    ...forecastLines(snapshot.forecast ?? null, keyResult, { look, voice, paint }),
    '',
    `${paint.bold(oneLine(metric.title))}  ${paint.dim(metric.key)}`,
    `  ${oneLine(metric.connectorMetric)} ${JSON.stringify(metric.params)}`,
    `  ${voice.say('evidence.definition')}: ${voice.say('evidence.definition_version', { version: metric.version })}, ${metric.definitionHash}`,
    ...(metric.definition === null
      ? []
      : wrap(definitionText(metric.definition, look), look.columns === null ? null : look.columns - 4).map(
          (line) => `    ${line}`,
        )),
    `  ${voice.say('evidence.settles_after', { hours: metric.settlesAfterHours, timeZone: metric.timeZone })}`,
  ];
}

/** Nothing was read from points where the owner's value is judged. */
function isOverridden({ keyResult }: Explanation): boolean {
  return keyResult.override !== null;
}

function pointLines(
  points: readonly Point[],
  measure: Measure,
  pen: Pen,
  { indent = 2, overridden = false } = {},
): string[] {
  const { look, voice, paint } = pen;
  const title = `${' '.repeat(indent - 2)}${paint.bold(voice.say('evidence.points'))}`;
  if (points.length === 0) {
    const why = voice.say(overridden ? 'state.points_unused' : 'state.no_points');
    return ['', title, `${' '.repeat(indent)}${why}`];
  }
  const shown = look.verbose ? points : points.slice(0, pointsShown);
  const table = layoutTable(
    [
      { title: voice.say('column.day'), priority: 9 },
      { title: voice.say('column.value'), priority: 8, align: 'right' },
      { title: voice.say('column.revision'), priority: 5, align: 'right' },
      { title: voice.say('column.origin'), priority: 3 },
      { title: voice.say('evidence.settled'), priority: 6 },
      { title: voice.say('column.fetched'), priority: 4 },
      { title: voice.say('column.run'), priority: 2, minWidth: 12 },
    ],
    shown.map((point) => [
      point.day,
      `${pointValue(point.value, measure, look)}${partsText(point, look)}`,
      String(point.revision),
      originText(point.origin, voice),
      voice.say(point.settled ? 'evidence.settled' : 'evidence.provisional'),
      instantText(point.fetchedAt, look),
      point.runId ?? '',
    ]),
    { columns: look.columns, ascii: look.ascii, indent, paintHeader: paint.dim },
  );
  const lines = [
    '',
    `${title}  ${voice.say('evidence.points_used', { count: points.length })}`,
    table.header,
  ];
  shown.forEach((point, at) => {
    lines.push(table.rows[at] ?? '');
    if (point.value === null && point.reason !== null) {
      const because = { code: point.reason, values: {}, text: point.reason };
      lines.push(paint.dim(`    ${point.reason}: ${voice.because(because, measure)}`));
    }
    lines.push(...revisionLines(point, measure, pen));
  });
  if (shown.length < points.length)
    lines.push(paint.dim(plain(`  … +${points.length - shown.length} (--verbose)`, look)));
  return lines;
}

/** A formula is not the end of the walk: each metric that it combines, with its own days. */
function inputLines(explanation: Explanation, pen: Pen): string[] {
  const { look, paint, voice } = pen;
  const { inputs } = explanation;
  const overridden = isOverridden(explanation);
  if (inputs.length === 0) return [];
  return [
    '',
    paint.bold(voice.say('definition.inputs')),
    ...inputs.flatMap(({ name, metric, points, ...measure }) => [
      '',
      `  ${paint.bold(oneLine(metric.title))}  ${paint.dim(name)}`,
      `    ${oneLine(metric.connectorMetric)} ${JSON.stringify(metric.params)}`,
      `    ${voice.say('evidence.definition_version', { version: metric.version })}, ${metric.definitionHash}`,
      ...pointLines(points, measure, { ...pen, look }, { indent: 4, overridden }),
    ]),
  ];
}

/** What stands around the number: what it is measured from, what an owner has put in its place, what it must not cost. */
function aroundLines(
  { baseline, override, keyResult: row }: Explanation,
  { look, voice, paint }: Pen,
): string[] {
  const lines: string[] = [];
  if (baseline !== null)
    lines.push('', paint.bold(voice.say('baseline.title')), `  ${baselineLine(baseline, row, look, voice)}`);
  if (override !== null)
    lines.push('', paint.bold(voice.say('override.title')), `  ${overrideLine(override, row, look, voice)}`);
  if (row.guard !== null) {
    lines.push(
      '',
      paint.bold(voice.say('guard.title')),
      ...guardLines(row.guard, look, voice).map((line) => `  ${line}`),
    );
  }
  const waiting = waitingLine(row, voice);
  if (waiting !== null) lines.push('', `  ${waiting}`);
  return lines.flatMap((line) => (line === '' ? [line] : wrap(line, look.columns)));
}

function broughtLines({ ingests }: Explanation, { look, voice, paint }: Pen): string[] {
  if (ingests.length === 0) return [];
  return [
    '',
    paint.bold(voice.say('definition.brought')),
    ...ingests.flatMap(({ id, via, format, actor, rows, note, digest, receivedAt }) => [
      `  ${id}  ${via}, ${format}, ${oneLine(actor)}, ${rows}, ${instantText(receivedAt, look)}${note === null ? '' : `: ${oneLine(note)}`}`,
      `    sha256:${digest}`,
    ]),
  ];
}

/** The parts of a ratio, as the source gave them. */
function partsText({ numerator, denominator }: Point, look: Look): string {
  return numerator === null || denominator === null ? '' : plain(` (${numerator} ÷ ${denominator})`, look);
}

function revisionLines(point: Point, measure: Measure, { look, voice, paint }: Pen): string[] {
  // Newest first: each old value gave way to the one that was believed after it.
  const newestFirst = point.revisions.toSorted((a, b) => b.revision - a.revision);
  return newestFirst.map((old, at) => {
    const next = at === 0 ? point.value : (newestFirst[at - 1]?.value ?? null);
    const sentence = voice.say('evidence.restated_on', {
      old: pointValue(old.value, measure, look),
      new: pointValue(next, measure, look),
      at: instantText(old.believedUntil, look),
    });
    return paint.yellow(`    ${sentence}${old.runId === null ? '' : ` (${old.runId})`}`);
  });
}

function runLines(run: Run, { look, voice, paint }: Pen): string[] {
  const started = instantText(run.startedAt, look);
  const head = `${paint.bold(voice.say('column.run'))}  ${run.id}  ${run.trigger}, ${run.status}, ${started}`;
  return [
    '',
    head,
    ...run.evidence.flatMap((evidence) => [
      `  ${voice.say('page.evidence')} ${evidence.id}: ${evidence.outcome}, ${voice.say('evidence.window')} ${windowText(evidence, voice)}`,
      `    ${voice.say('evidence.connector_version')} ${evidence.connectorVersion}; ${voice.say('evidence.definition_hash')} ${evidence.definitionHash}`,
      `    ${completenessText(evidence.completeness, voice)}`,
      ...evidence.completeness.notes.map((note) => `    ${oneLine(note)}`),
      ...evidence.exchanges.flatMap((exchange) => exchangeLines(exchange, look, voice)),
    ]),
  ];
}

function windowText(evidence: { windowStartDay: string; windowEndDay: string }, voice: Voice): string {
  const { windowStartDay: startDay, windowEndDay } = evidence;
  return voice.say('page.cycle_days', { startDay, lastDay: dayBefore(windowEndDay) });
}

export type ExchangeView = Run['evidence'][number]['exchanges'][number];

/** One request, as it was sent without its secrets, and the digest that its answer can be recognised by. */
export function exchangeLines(exchange: ExchangeView, look: Look, voice: Voice): string[] {
  const answer = exchange.status === null ? (exchange.error ?? '?') : `HTTP ${exchange.status}`;
  const details = [
    answer,
    durationMs(exchange.durationMs, look),
    bytes(exchange.responseBytes, look),
    exchange.requestId === null ? null : `${voice.say('evidence.request_id')} ${exchange.requestId}`,
  ];
  const lines = [
    `    ${exchange.method} ${oneLine(exchange.url)}`,
    `      ${oneLine(details.filter((text) => text !== null).join(', '))}`,
  ];
  if (exchange.responseSha256 !== null) {
    lines.push(`      ${voice.say('evidence.response_digest')} sha256:${exchange.responseSha256}`);
  }
  return lines;
}

/** Whether the answer was whole: without that no day may be called a zero. */
export function completenessText(
  completeness: { pages: number; items: number; lastPageReached: boolean },
  voice: Voice,
): string {
  if (!completeness.lastPageReached) return voice.say('evidence.incomplete');
  return voice.say('evidence.complete', { pages: completeness.pages, items: completeness.items });
}

function originText(origin: string, voice: Voice): string {
  const known = ['auto', 'manual', 'backfill', 'override', 'import', 'push'] as const;
  const named = known.find((name) => name === origin);
  return named === undefined ? origin : voice.say(`origin.${named}`);
}

function pointValue(value: string | null, measure: Measure, look: Look): string {
  return formatValue(value === null ? null : Number(value), measure, look);
}

function inner(look: Look): number | null {
  return look.columns === null ? null : Math.max(20, look.columns - 4);
}
