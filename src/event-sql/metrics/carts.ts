import { numberParam, textParam } from '../../domain/events/params.ts';
import { cohortShare } from '../../domain/events/rate.ts';
import { countEntries, countsIn, entryParts, judgedPart, latestOf } from '../entrants.ts';
import { named } from '../named.ts';
import { placingOf } from '../placing.ts';
import type { Plan } from '../plan.ts';
import { cohortsOf } from '../spans.ts';
import type { EventAsk } from '../types.ts';

const hourMs = 3_600_000;

/** What enters is a cart, with its first creation ever; what it should not do is to stay without a purchase. */
export function cartAbandonment({ params, windows }: EventAsk): Plan {
  const spans = cohortsOf(windows);
  const created = named(textParam(params, 'cartEvent'));
  const bought = named(textParam(params, 'purchaseEvent'));
  const limitMs = numberParam(params, 'withinHours') * hourMs;
  return {
    scope: {
      fromMs: null,
      untilMs: latestOf(spans, ({ endMs }) => endMs + limitMs),
      several: [created, bought],
      property: textParam(params, 'cartIdProperty'),
      ofNobody: true,
    },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect);
      // A cart is named by a text or a number.
      const names = dialect.matches(columns.json, '^["0-9-]');
      return {
        parts: [
          ...parts,
          ...placing.parts,
          judgedPart(spans, dialect),
          ['start_event', select([`${columns.plain} AS u`, `${columns.ms} AS t`], [created], names)],
          ['bought', select([`${columns.plain} AS u`, `${columns.ms} AS ms`], [bought], names)],
          ...entryParts(placing, 'ever'),
          ['entry', `SELECT u, w, t, t + ${limitMs} AS due\nFROM entered`],
          ['started', 'SELECT DISTINCT u, t\nFROM entry'],
          [
            'success',
            `SELECT DISTINCT started.u AS u, started.t AS t\nFROM started\nINNER JOIN bought ON bought.u = started.u\nWHERE bought.ms >= started.t AND bought.ms < started.t + ${limitMs}`,
          ],
        ],
        last: countEntries(['u', 't']),
      };
    },
    measure([row]) {
      const counts = countsIn(row);
      const abandoned = counts.mature - counts.succeeded;
      return cohortShare({ ...counts, succeeded: abandoned }, numberParam(params, 'minCohort'));
    },
  };
}
