import type { Evaluate } from '../app/evaluation.ts';
import type { MetricDefinition } from '../app/ports.ts';
import type { WindowRule } from '../domain/catalog/types.ts';
import { addDays, addMonths, maxDay, minDay } from '../domain/day.ts';
import {
  type CheckedExpression,
  checkExpression,
  type ExpressionTraits,
  evaluateDays,
  parse,
  periodsBefore,
  type SourcePoint,
} from '../domain/expression/index.ts';
import type { MetricKind, Unit } from '../domain/metric.ts';
import { pointWindow } from '../domain/metric-window.ts';
import type { Tx } from './database.ts';
import { evaluateIn } from './evaluations.ts';
import { type PointWrite, writePoints } from './points.ts';
import { POINT_COLUMNS, type PointRow } from './source-store.ts';

/** The run or ingest that brought the points that others are now computed from; null when nothing new came. */
export type Bringer = { id: string | null };

/**
 * What follows from new points, in their own transaction: formulas over them are computed anew, and every Key Result
 * that looks at any of it is evaluated. `fromDay` is the first day that may have changed.
 */
export async function followPoints(
  tx: Tx,
  versionIds: string[],
  fromDay: string,
  by: Bringer,
  evaluate: Evaluate,
): Promise<void> {
  const formulas = await computeFormulas(tx, versionIds, fromDay, by);
  await evaluateIn(tx, await dependents(tx, [...versionIds, ...formulas]), evaluate);
}

/** Computes one formula over all that is stored, and evaluates what looks at it. */
export async function followFormula(tx: Tx, versionId: string, evaluate: Evaluate): Promise<void> {
  const rows = await tx.query<Formula>(`${FORMULAS} WHERE v.id = $1 FOR NO KEY UPDATE`, [versionId]);
  for (const formula of rows.rows) await computeFormula(tx, formula, null, { id: null });
  await evaluateIn(tx, await dependents(tx, [versionId]), evaluate);
}

type Formula = { id: string; definition: MetricDefinition; cursorDay: string | null };
const FORMULAS = 'SELECT v.id, v.definition, v.cursor_day AS "cursorDay" FROM metric_version v';

/** Computes the formulas over these versions for the days from `fromDay` on. @returns their version ids */
export async function computeFormulas(
  tx: Tx,
  versionIds: string[],
  fromDay: string,
  by: Bringer,
): Promise<string[]> {
  // Locked before its inputs are read: of two that bring inputs of one formula, the second sees what the first wrote.
  const formulas = await tx.query<Formula>(
    `${FORMULAS} WHERE v.inputs && $1 AND v.retired_at IS NULL ORDER BY v.id FOR NO KEY UPDATE`,
    [versionIds],
  );
  for (const formula of formulas.rows) {
    // One that was never computed, because whoever made it was killed, is computed over everything.
    await computeFormula(tx, formula, formula.cursorDay === null ? null : fromDay, by);
  }
  return formulas.rows.map(({ id }) => id);
}

/** @param fromDay the first day to compute; null: every day that an input has */
async function computeFormula(
  tx: Tx,
  { id, definition }: Formula,
  fromDay: string | null,
  by: Bringer,
): Promise<void> {
  if (definition.kind !== 'formula') return;
  const { expression, lookBack } = await checked(tx, id, definition);
  const versionIds = definition.inputs.map(({ versionId }) => versionId);
  const rows = await tx.query<PointRow & { version_id: string }>(
    `SELECT p.metric_version_id AS version_id, ${POINT_COLUMNS} FROM metric_point p
     WHERE p.metric_version_id = ANY($1) AND p.day >= COALESCE($2::date, '-infinity') ORDER BY p.day`,
    [versionIds, fromDay === null ? null : lookBack(fromDay)],
  );
  const series = new Map(
    definition.inputs.map(({ name, versionId }): [string, SourcePoint[]] => [
      name,
      rows.rows.filter((row) => row.version_id === versionId).map(toObserved),
    ]),
  );
  const begin = maxDay(fromDay ?? '', await commonStart(tx, versionIds));
  const days = [...new Set(rows.rows.map(({ day }) => day))].filter((day) => day >= begin);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return;
  const points = evaluateDays(expression, days, series).map(
    (point): PointWrite => ({
      metricVersionId: id,
      day: point.day,
      value: textOf(point.value),
      numerator: textOf(point.numerator),
      denominator: textOf(point.denominator),
      counts: null,
      flags: null,
      reason: point.value === null ? point.reason : null,
    }),
  );
  await writePoints(tx, points, { id: by.id, seq: await nextSeq(tx), origin: 'auto' });
  await ageWithInputs(tx, id, versionIds, first);
  await tx.query(
    `UPDATE metric_version SET cursor_day = GREATEST(cursor_day, $2::date), read_at = app_now(),
       history_start_day = LEAST(history_start_day, $3::date) WHERE id = $1`,
    [id, last, minDay(first, fromDay ?? first)],
  );
}

/** Later than every day, for a formula of which an input has none. */
const NEVER = '9999-12-31';

/** The first day on which every input has begun: before it there is no formula, and so no day without a value either. */
async function commonStart(tx: Tx, versionIds: string[]): Promise<string> {
  const starts = await tx.query<{ first: string }>(
    'SELECT min(day) AS first FROM metric_point WHERE metric_version_id = ANY($1) GROUP BY metric_version_id',
    [versionIds],
  );
  if (starts.rows.length < new Set(versionIds).size) return NEVER;
  return starts.rows.reduce((latest, { first }) => maxDay(latest, first), '');
}

type InputRow = {
  id: string;
  kind: MetricKind;
  unit: Unit;
  currency: string | null;
  timeZone: string;
  cadence: 'day' | 'month';
  params: Record<string, unknown>;
  window: WindowRule | null;
};

/** The formula with what is known of its inputs, and how far before a day its value may look. */
async function checked(
  tx: Tx,
  id: string,
  definition: Extract<MetricDefinition, { kind: 'formula' }>,
): Promise<{ expression: CheckedExpression; lookBack: (day: string) => string }> {
  const parsed = parse(definition.formula);
  if (!parsed.ok)
    throw new Error(`the formula of ${id} was stored but cannot be read: ${parsed.problem.sentence}`);
  const inputs = await tx.query<InputRow>(
    `SELECT id, kind, unit, currency, time_zone AS "timeZone", cadence, params, definition->'window' AS window
     FROM metric_version WHERE id = ANY($1)`,
    [definition.inputs.map(({ versionId }) => versionId)],
  );
  const traits = new Map(
    definition.inputs.flatMap(({ name, versionId }): [string, ExpressionTraits][] => {
      const input = inputs.rows.find((row) => row.id === versionId);
      return input === undefined ? [] : [[name, { ...input, window: pointWindow(input) }]];
    }),
  );
  const answer = checkExpression(parsed.tree, traits);
  if (!answer.ok) {
    throw new Error(
      `the formula of ${id} no longer fits its inputs: ${answer.problems[0]?.sentence ?? 'unknown'}`,
    );
  }
  const periods = periodsBefore(parsed.tree);
  const monthly = answer.expression.traits.cadence === 'month';
  // Points of months lie on their last days, which are of different length: one month more is loaded.
  const lookBack = (day: string) => (monthly ? addMonths(day, -periods - 1) : addDays(day, -periods));
  return { expression: answer.expression, lookBack };
}

/**
 * The place of this computation among all writes. Not that of the run that brought a point: two runs may bring inputs of
 * one formula at once, and whichever computes second has seen both, whatever the order in which they were asked for.
 */
async function nextSeq(tx: Tx): Promise<bigint> {
  const rows = await tx.query<{ seq: string }>(`SELECT nextval('sync_run_seq') AS seq`);
  return BigInt(rows.rows[0]?.seq ?? 0);
}

/** A computed day is as old as the oldest reading in it: computing again does not settle what was read too early. */
async function ageWithInputs(tx: Tx, id: string, inputs: string[], fromDay: string): Promise<void> {
  await tx.query(
    `UPDATE metric_point f SET fetched_at = i.oldest
     FROM (SELECT day, min(fetched_at) AS oldest FROM metric_point
           WHERE metric_version_id = ANY($2) AND day >= $3 AND origin IN ('auto', 'backfill') GROUP BY day) i
     WHERE f.metric_version_id = $1 AND f.day = i.day AND f.fetched_at > i.oldest`,
    [id, inputs, fromDay],
  );
}

function toObserved({ day, value, numerator, denominator, reason }: PointRow): SourcePoint {
  const number = (text: string | null) => (text === null ? null : Number(text));
  const numbers = { value: number(value), numerator: number(numerator), denominator: number(denominator) };
  return { day, ...numbers, ...(reason === null ? {} : { reason }) };
}

const textOf = (value: number | null): string | null => (value === null ? null : String(value));

/** The Key Results that a version feeds or guards. */
export async function dependents(tx: Tx, versionIds: string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT k.id FROM key_result k
     WHERE k.archived_at IS NULL AND (k.metric_version_id = ANY($1) OR k.guard->>'metricVersionId' = ANY($1))`,
    [versionIds],
  );
  return rows.rows.map((row) => row.id);
}
