import { numberParam, textParam } from '../../domain/events/params.ts';
import { rate } from '../../domain/events/rate.ts';
import type { Dialect } from '../dialect.ts';
import { isNamed, type Named, named } from '../named.ts';
import { piecesOf } from '../pieces.ts';
import { placingOf } from '../placing.ts';
import { numberIn, type Plan } from '../plan.ts';
import { firstOf, inOrder, type Sliding, slidingOf, tallied, walkParts } from '../sliding.ts';
import { boundsOf, periodsOf } from '../spans.ts';
import type { Part } from '../statement.ts';
import type { EventAsk } from '../types.ts';
import { activity } from './people.ts';

export function shareRate(ask: EventAsk): Plan {
  return shareOfPeople(ask, activity(ask.params), named(textParam(ask.params, 'shareEvent')));
}

export function reviewAcceptance(ask: EventAsk): Plan {
  const { params } = ask;
  return shareOfPeople(ask, named(textParam(params, 'promptEvent')), named(textParam(params, 'acceptEvent')));
}

/** Of the different people who did the one in a window, how many also did the other in it. */
function shareOfPeople({ params, windows }: EventAsk, base: Named, also: Named): Plan {
  const spans = periodsOf(windows);
  const { endMs, startMs } = boundsOf(spans);
  const sliding = slidingOf(spans, false);
  return {
    scope: { fromMs: startMs, untilMs: endMs, several: [base, also] },
    slides: sliding !== null,
    write({ columns, parts, select }, dialect) {
      const did = (meant: Named) => `CASE WHEN ${isNamed(columns.event, meant, dialect)} THEN 1 ELSE 0 END`;
      const events = select(
        [`${columns.user} AS u`, `${columns.ms} AS t`, `${did(base)} AS b`, `${did(also)} AS a`],
        [base, also],
      );
      const own = ['event.u AS u', 'event.b AS b', 'event.a AS a'];
      const present = 'SELECT u, seg, max(b) AS did_b, max(a) AS did_a\nFROM placed\nGROUP BY u, seg';
      if (sliding !== null) {
        const pieces = piecesOf(sliding.segments, dialect);
        const answer = inRuns(sliding, dialect);
        return {
          parts: [
            ...parts,
            pieces.part,
            ['event', events],
            ['placed', pieces.placed('event', own, 'event.t')],
            ['present', present],
            ...answer.parts,
          ],
          last: answer.last,
        };
      }
      const placing = placingOf(spans, dialect);
      return {
        parts: [
          ...parts,
          ...placing.parts,
          ['event', events],
          ['placed', placing.placed('event', own, 'event.t')],
          ['present', present],
          [
            'person',
            'SELECT place.w AS w, present.u AS u, max(present.did_b) AS b, max(present.did_a) AS a\nFROM present\nINNER JOIN place ON place.seg = present.seg\nGROUP BY place.w, present.u',
          ],
        ],
        last: 'SELECT w, sum(b) AS people, sum(a) AS also\nFROM person\nWHERE b = 1\nGROUP BY w',
      };
    },
    measure([row]) {
      const people = numberIn(row, 'people');
      return rate({
        numerator: numberIn(row, 'also'),
        denominator: people,
        sampleSize: people,
        minSample: numberParam(params, 'minCohort'),
      });
    },
  };
}

/**
 * A window that has the day has done what the day's last doing of it before or on that day is in: so up to where the
 * later windows no longer have that one. Both were done where the earlier of the two ends is not reached yet.
 */
function inRuns(sliding: Sliding, dialect: Dialect): { parts: Part[]; last: string } {
  const lastEnd = (flag: string) => `max(CASE WHEN ${flag} = 1 THEN past ELSE 0 END) OVER (${inOrder})`;
  const first = (until: string) => firstOf(until, dialect.previous(until, inOrder, '0'));
  const answer = tallied(
    sliding,
    [
      { from: 'base_first', until: 'base_past', sums: { people: 'count(*)' } },
      { from: 'both_first', until: 'both_past', sums: { also: 'count(*)' } },
    ],
    dialect,
  );
  return {
    parts: [
      ...walkParts(sliding, ['did_b', 'did_a'], dialect),
      [
        'lasting',
        `SELECT u, seg, lo, ${lastEnd('did_b')} AS base_past, ${lastEnd('did_a')} AS also_past\nFROM walked`,
      ],
      ['done', 'SELECT u, seg, lo, base_past, least(base_past, also_past) AS both_past\nFROM lasting'],
      [
        'ranged',
        `SELECT ${first('base_past')} AS base_first, base_past, ${first('both_past')} AS both_first, both_past\nFROM done`,
      ],
      ...answer.parts,
    ],
    last: answer.last,
  };
}
