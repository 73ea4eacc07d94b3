import { numberParam, textsParam } from '../../domain/events/params.ts';
import { cohortShare } from '../../domain/events/rate.ts';
import { countEntries, countsIn, entryParts, judgedPart, latestOf } from '../entrants.ts';
import { placingOf } from '../placing.ts';
import type { Plan } from '../plan.ts';
import type { Reading } from '../reading.ts';
import { boundsOf, cohortsOf } from '../spans.ts';
import type { Part } from '../statement.ts';
import type { EventAsk } from '../types.ts';

const hourMs = 3_600_000;

export function funnelConversion(ask: EventAsk): Plan {
  return stepsInOrder(ask, false);
}

export function dropoffRate(ask: EventAsk): Plan {
  return stepsInOrder(ask, true);
}

function stepsInOrder({ params, windows }: EventAsk, dropped: boolean): Plan {
  const spans = cohortsOf(windows);
  const steps = textsParam(params, 'steps');
  const limitMs = numberParam(params, 'withinHours') * hourMs;
  return {
    scope: {
      fromMs: boundsOf(spans).startMs,
      untilMs: latestOf(spans, ({ endMs }) => endMs + limitMs),
      several: [{ only: steps }],
    },
    write(reading, dialect) {
      const placing = placingOf(spans, dialect);
      return {
        parts: [
          ...reading.parts,
          ...placing.parts,
          judgedPart(spans, dialect),
          ...eventsOf(steps, reading),
          ['start_event', `SELECT u, ms AS t\nFROM ${relationOf(steps[0] ?? '', steps)}`],
          ...entryParts(placing, 'in the window'),
          ['entry', `SELECT u, w, t, t + ${limitMs} AS due\nFROM entered`],
          ...stepParts(steps, limitMs),
          ['success', `SELECT u, t FROM reached_${steps.length - 1}`],
        ],
        last: countEntries(['u', 't']),
      };
    },
    measure([row]) {
      const counts = countsIn(row);
      const succeeded = dropped ? counts.mature - counts.succeeded : counts.succeeded;
      return cohortShare({ ...counts, succeeded }, numberParam(params, 'minCohort'));
    },
  };
}

/** The relation that holds the events of a step: one for each different name. */
function relationOf(step: string, steps: readonly string[]): string {
  return `step_${steps.indexOf(step)}`;
}

function isRepeated(step: string, steps: readonly string[]): boolean {
  return steps.filter((other) => other === step).length > 1;
}

/** One event fulfils one step only. So events of a name that is asked for twice are numbered in each person's order. */
function eventsOf(steps: readonly string[], { columns, select }: Reading): Part[] {
  return [...new Set(steps)].map((step) => {
    const events = select([`${columns.user} AS u`, `${columns.ms} AS ms`], [{ only: [step] }]);
    const numbered = `SELECT u, ms, row_number() OVER (PARTITION BY u ORDER BY ms) AS n\nFROM (\n${events}\n) AS told`;
    return [relationOf(step, steps), isRepeated(step, steps) ? numbered : events];
  });
}

/**
 * Where each entry has got to, step by step: the earliest event at or after the one before leaves the most room for
 * the steps to come. Of a name that comes again, the number of the event taken last goes along.
 */
function stepParts(steps: readonly string[], limitMs: number): Part[] {
  const repeated = [...new Set(steps)].filter((step) => isRepeated(step, steps));
  const counters = repeated.map((step) => `n_${steps.indexOf(step)}`);
  const starts: Part = ['reached_0', reachedFirst(counters)];
  return [
    starts,
    ...steps.slice(1).map((step, index): Part => {
      const before = `reached_${index}`;
      const events = relationOf(step, steps);
      const own = repeated.includes(step) ? `n_${steps.indexOf(step)}` : null;
      const kept = counters.filter((counter) => counter !== own).map((counter) => `${before}.${counter}`);
      const keys = [`${before}.u`, `${before}.t`, ...kept];
      const selected = [
        `${before}.u AS u`,
        `${before}.t AS t`,
        `min(${events}.ms) AS at_ms`,
        ...counters.map((counter) =>
          counter === own ? `min(${events}.n) AS ${counter}` : `${before}.${counter} AS ${counter}`,
        ),
      ];
      const conditions = [
        `${events}.ms >= ${before}.at_ms`,
        `${events}.ms < ${before}.t + ${limitMs}`,
        ...(own === null ? [] : [`${events}.n > ${before}.${own}`]),
      ];
      return [
        `reached_${index + 1}`,
        `SELECT ${selected.join(', ')}\nFROM ${before}\nINNER JOIN ${events} ON ${events}.u = ${before}.u\nWHERE ${conditions.join(' AND ')}\nGROUP BY ${keys.join(', ')}`,
      ];
    }),
  ];
}

/** Each different entry once, with the number of its own event, where that name comes again. */
function reachedFirst(counters: readonly string[]): string {
  const zeros = counters.filter((counter) => counter !== 'n_0').map((counter) => `, 0 AS ${counter}`);
  if (!counters.includes('n_0')) return `SELECT DISTINCT u, t, t AS at_ms${zeros.join('')}\nFROM entered`;
  return `SELECT entered.u AS u, entered.t AS t, entered.t AS at_ms, min(step_0.n) AS n_0${zeros.join('')}
FROM entered
INNER JOIN step_0 ON step_0.u = entered.u AND step_0.ms = entered.t
GROUP BY entered.u, entered.t`;
}
