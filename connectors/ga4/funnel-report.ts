import { z } from 'zod';
import { badPayload, driftError, parseAnswer } from '../sdk/index.ts';
import { PROVIDER } from './errors.ts';
import { samplingSchema } from './schema.ts';

/** What the funnel was asked: how many steps it has, and how many rows its table may hold. */
export type FunnelAsked = { steps: number; limit: number };

/** People who reached a step, and the share of them that went on; null where the answer does not tell. */
export type FunnelStep = { users: number | null; completionRate: number | null };

const TOTAL_LABEL = 'RESERVED_TOTAL';
const STEP_COLUMN = 'funnelStepName';

const cells = z.array(z.object({ value: z.string() }));
const headers = z.array(z.object({ name: z.string() }));
const tableSchema = z.object({
  dimensionHeaders: headers,
  metricHeaders: headers,
  rows: z.array(z.object({ dimensionValues: cells, metricValues: cells })),
  metadata: z.object({ samplingMetadatas: samplingSchema }).nullish(),
});
const answerSchema = z.object({ kind: z.string(), funnelTable: tableSchema.nullish() });
type Table = z.infer<typeof tableSchema>;
type Row = Table['rows'][number];

/**
 * The steps of a funnel report in order, of all people where it is broken down. Counts people, who may finish days after
 * they entered: the answer of a range is settled only when the time allowed for it has passed.
 *
 * @param answer as the official client decodes it
 * @throws ConnectorError `bad_payload` for another kind of answer or a step told twice, `schema_drift` for a table that
 *   cannot be read
 */
export function funnelSteps(answer: unknown, asked: FunnelAsked): FunnelStep[] {
  const { kind, funnelTable } = parseAnswer(PROVIDER, 'a funnel report', answerSchema, answer);
  if (kind !== 'analyticsData#runFunnelReport' || funnelTable === null || funnelTable === undefined) {
    throw badPayload(
      PROVIDER,
      'wrong_kind',
      'sent an answer that is not the funnel report that was asked for',
    );
  }
  const users = columnOf(funnelTable.metricHeaders, 'activeUsers');
  const rate = columnOf(funnelTable.metricHeaders, 'funnelStepCompletionRate');
  const rows = rowsByStep(funnelTable, asked.steps);
  const isSampled = (funnelTable.metadata?.samplingMetadatas.length ?? 0) > 0;
  // A step that nobody reached has no row, and neither has one that was cut off.
  const missing = funnelTable.rows.length < asked.limit ? 0 : null;
  return Array.from({ length: asked.steps }, (_, at): FunnelStep => {
    const row = rows.get(at + 1);
    if (isSampled) return { users: null, completionRate: null };
    if (row === undefined) return { users: missing, completionRate: null };
    // The rate speaks of the way to the next step, and the last has none.
    const isLast = at + 1 === asked.steps;
    return { users: required(row, users), completionRate: isLast ? null : decimalAt(row, rate) };
  });
}

/** The smallest share of the events that the answer was worked out from; null when all were read. */
export function funnelSampling(answer: unknown): number | null {
  const { funnelTable } = parseAnswer(PROVIDER, 'a funnel report', answerSchema, answer);
  const told = (funnelTable?.metadata?.samplingMetadatas ?? []).map(
    ({ samplesReadCount, samplingSpaceSize }) =>
      samplingSpaceSize === 0 ? 1 : samplesReadCount / samplingSpaceSize,
  );
  return told.length === 0 ? null : Math.min(...told);
}

/** Of the people at the first step, the share that reached the last; null without anybody, or where it is unknown. */
export function funnelConversion(steps: readonly FunnelStep[]): number | null {
  const [entered, finished] = [steps.at(0)?.users ?? null, steps.at(-1)?.users ?? null];
  return entered === null || finished === null || entered === 0 ? null : finished / entered;
}

/** One row for each step: with a breakdown the one that speaks of everybody, as segments are cut off and overlap. */
function rowsByStep(table: Table, steps: number): Map<number, Row> {
  const stepColumn = columnOf(table.dimensionHeaders, STEP_COLUMN);
  const found = new Map<number, Row>();
  const named = new Set<number>();
  for (const row of table.rows) {
    const step = stepNumber(row.dimensionValues[stepColumn]?.value ?? '');
    if (step === null || step > steps) throw notUnderstood('a step that was not asked for', STEP_COLUMN);
    named.add(step);
    const segments = row.dimensionValues.filter((_, at) => at !== stepColumn);
    if (!segments.every(({ value }) => value === TOTAL_LABEL)) continue;
    if (found.has(step)) throw badPayload(PROVIDER, 'repeated_row', 'told a step of a funnel twice');
    found.set(step, row);
  }
  if (named.size > found.size) throw notUnderstood('a step without its total', STEP_COLUMN);
  return found;
}

/** "12. Invite teammate" is the twelfth; the name after it is the owner's and may hold anything. */
function stepNumber(label: string): number | null {
  const digits = /^([1-9]\d*)\. /.exec(label)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The first of that name: Google may repeat the whole block of headers, and only the first block has values. */
function columnOf(names: Array<{ name: string }>, name: string): number {
  const column = names.findIndex((header) => header.name === name);
  if (column < 0) throw notUnderstood(`there is no column ${name}`, name);
  return column;
}

function required(row: Row, column: number): number {
  const value = decimalAt(row, column);
  if (value === null) throw notUnderstood('a step without its users', 'activeUsers');
  return value;
}

/** Always as a decimal: the header of "0.42" says that it is an integer. */
function decimalAt({ metricValues }: Row, column: number): number | null {
  const text = metricValues[column]?.value ?? '';
  if (text === '') return null;
  if (!/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) throw notUnderstood('a number that is none', 'metricValues');
  return Number(text);
}

function notUnderstood(problem: string, code: string) {
  return driftError(PROVIDER, `a funnel report: ${problem}`, `/funnelTable/${code}`);
}
