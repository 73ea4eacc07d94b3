import { textParam } from '../../domain/events/params.ts';
import { named } from '../named.ts';
import { placingOf } from '../placing.ts';
import { numberIn, type Plan } from '../plan.ts';
import { boundsOf, periodsOf } from '../spans.ts';
import type { EventAsk } from '../types.ts';

/** Everybody has one first sign-up, which lies in a window or does not. */
export function newUsers({ params, windows }: EventAsk): Plan {
  const spans = periodsOf(windows);
  const signup = named(textParam(params, 'signupEvent'));
  return {
    scope: { fromMs: null, untilMs: boundsOf(spans).endMs, several: [signup] },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect);
      const signups = select([`${columns.user} AS u`, `${columns.ms} AS ms`], [signup]);
      return {
        parts: [
          ...parts,
          ...placing.parts,
          ['signup', signups],
          ['beginning', 'SELECT u, min(ms) AS t\nFROM signup\nGROUP BY u'],
          ['placed', placing.placed('beginning', [], 'beginning.t')],
          ['present', 'SELECT seg, count(*) AS n\nFROM placed\nGROUP BY seg'],
        ],
        last: 'SELECT place.w AS w, sum(present.n) AS people\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w',
      };
    },
    measure: ([row]) => ({ value: numberIn(row, 'people') }),
  };
}
