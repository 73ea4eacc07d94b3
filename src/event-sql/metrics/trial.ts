import { numberParam, textParam } from '../../domain/events/params.ts';
import { countEntries, entryParts, judgedPart, latestOf, shareIn } from '../entrants.ts';
import { instantInText } from '../instant-text.ts';
import { named } from '../named.ts';
import { placingOf } from '../placing.ts';
import type { Plan } from '../plan.ts';
import { boundsOf, cohortsOf } from '../spans.ts';
import type { EventAsk } from '../types.ts';

const dayMs = 86_400_000;

/** Told twice at the same moment, the later end of a trial stands. */
export function trialToPaid({ params, windows }: EventAsk): Plan {
  const spans = cohortsOf(windows);
  const trial = named(textParam(params, 'trialEvent'));
  const paid = named(textParam(params, 'paidEvent'));
  const withinMs = numberParam(params, 'withinDays') * dayMs;
  const graceMs = numberParam(params, 'graceDays') * dayMs;
  return {
    scope: {
      fromMs: boundsOf(spans).startMs,
      untilMs: latestOf(spans, ({ asOfMs }) => asOfMs), // a trial may tell any end
      several: [trial, paid],
      property: textParam(params, 'trialEndProperty'),
    },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect);
      return {
        parts: [
          ...parts,
          ...placing.parts,
          judgedPart(spans, dialect),
          [
            'start_event',
            select([`${columns.user} AS u`, `${columns.ms} AS t`, `${columns.plain} AS v`], [trial]),
          ],
          ['paid', select([`${columns.user} AS u`, `${columns.ms} AS ms`], [paid])],
          ...entryParts(placing, 'in the window'),
          ...instantInText('trial', 'start_event', ['u', 't'], dialect, columns.written),
          [
            'deadline',
            `SELECT u, t, max(CASE WHEN end_ms > t THEN end_ms + ${graceMs} ELSE t + ${withinMs} END) AS due\nFROM trial_instant\nGROUP BY u, t`,
          ],
          [
            'entry',
            'SELECT entered.u AS u, entered.w AS w, entered.t AS t, deadline.due AS due\nFROM entered\nINNER JOIN deadline ON deadline.u = entered.u AND deadline.t = entered.t',
          ],
          ['started', 'SELECT DISTINCT u, t, due\nFROM entry'],
          [
            'success',
            'SELECT DISTINCT started.u AS u, started.t AS t, started.due AS due\nFROM started\nINNER JOIN paid ON paid.u = started.u\nWHERE paid.ms >= started.t AND paid.ms < started.due',
          ],
        ],
        last: countEntries(['u', 't', 'due']),
      };
    },
    measure: (rows) => shareIn(rows, numberParam(params, 'minCohort')),
  };
}
