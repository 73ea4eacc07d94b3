import type { Rate } from '../../../domain/billing/currency.ts';
import { type Days, type MovementKind, movementsOf } from '../../../domain/billing/movements.ts';
import type { Timeline } from '../../../domain/billing/timeline.ts';
import { addDays } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { type Ask, periods } from './ask.ts';
import { countUntil } from './cuts.ts';
import { rateOf } from './money.ts';
import { movementRows, statementValues } from './rows.ts';
import { severalTimelines } from './several.ts';

type Edge = { at: number; change: number };

/**
 * How many different customers had a movement of these kinds in each window. A movement stands for its customer in the
 * windows that hold it and not the customer's next one: starts and ends ascend, so those windows are neighbours.
 */
export async function moversByWindow(
  database: Database,
  ask: Ask,
  kinds: readonly MovementKind[],
  referredOnly: boolean,
): Promise<number[]> {
  const windows = periods(ask);
  const { text, values } = moversStatement(ask, windows, kinds, referredOnly);
  const [edges, timelines] = [
    await database.pool.query<Edge>(text, values),
    await severalTimelines(database, ask.scope, referredOnly),
  ];
  const found = [...edges.rows];
  for (const timeline of timelines) found.push(...edgesOf(timeline, ask, windows, kinds));
  return runningCounts(windows.length, found);
}

function moversStatement(
  { scope }: Ask,
  windows: readonly Days[],
  kinds: readonly MovementKind[],
  referredOnly: boolean,
) {
  const { values, put } = statementValues();
  const starts = put(windows.map(({ startDay }) => startDay));
  const ends = put(windows.map(({ endDay }) => endDay));
  const text = `WITH moved AS (
      SELECT m.day, lead(m.day) OVER (PARTITION BY m.customer_id ORDER BY m.day) AS next_day
      ${movementRows(scope, { several: false, referredOnly }, put)}
        AND m.kind = ANY(${put(kinds)}::text[])
        AND m.day >= ${put(windows[0]?.startDay)}::date AND m.day < ${put(windows.at(-1)?.endDay)}::date
    ), held AS (
      SELECT width_bucket(day, ${ends}::date[]) AS from_window,
        LEAST(width_bucket(day, ${starts}::date[]), width_bucket(next_day, ${ends}::date[])) AS to_window
      FROM moved
    )
    SELECT edge.at, sum(edge.change)::int AS change
    FROM held CROSS JOIN LATERAL (VALUES (from_window, 1), (to_window, -1)) AS edge(at, change)
    WHERE from_window < to_window GROUP BY edge.at`;
  return { text, values };
}

/** The same of a customer with several currencies. */
function edgesOf(
  timeline: Timeline,
  ask: Ask,
  windows: readonly Days[],
  kinds: readonly MovementKind[],
): Edge[] {
  const starts = windows.map(({ startDay }) => startDay);
  const ends = windows.map(({ endDay }) => endDay);
  const days = movementDays(timeline, ask, kinds);
  return days.flatMap((day, index) => {
    const next = days[index + 1];
    const from = countUntil(ends, day);
    const to = Math.min(
      countUntil(starts, day),
      next === undefined ? windows.length : countUntil(ends, next),
    );
    return from < to
      ? [
          { at: from, change: 1 },
          { at: to, change: -1 },
        ]
      : [];
  });
}

function movementDays(timeline: Timeline, { scope }: Ask, kinds: readonly MovementKind[]): string[] {
  const rate = rateOf(scope);
  return timeline.steps.flatMap(({ day }, index) => {
    const kind = kindOf(timeline, index, rate);
    return kind !== null && kinds.includes(kind) ? [day] : [];
  });
}

/** Who began and who stopped is known without rates; of the rest nothing is without them. */
function kindOf(timeline: Timeline, index: number, rate: Rate | null): MovementKind | null {
  const { steps } = timeline;
  const step = steps[index];
  if (step === undefined) return null;
  if (step.mrr.size === 0) return 'churn';
  if (index === 0) return 'new';
  if (steps[index - 1]?.mrr.size === 0) return 'reactivation';
  const day = { startDay: step.day, endDay: addDays(step.day, 1) };
  const found = rate === null ? null : movementsOf(timeline, day, rate);
  const kind = found?.find((movement) => movement.kind !== 'fx')?.kind;
  return kind === undefined || kind === 'fx' ? null : kind;
}

export function runningCounts(places: number, edges: readonly Edge[]): number[] {
  const counts = Array.from({ length: places }, () => 0);
  for (const { at, change } of edges) if (at < places) counts[at] = (counts[at] ?? 0) + change;
  for (let place = 1; place < places; place += 1)
    counts[place] = (counts[place] ?? 0) + (counts[place - 1] ?? 0);
  return counts;
}
