import { localDaysFrom } from '../../domain/events/local-days.ts';
import {
  choiceParam,
  clocks,
  numberParam,
  optionalText,
  textParam,
  textsParam,
} from '../../domain/events/params.ts';
import { countEntries, entryParts, judgedPart, latestOf, shareIn } from '../entrants.ts';
import { type Named, named } from '../named.ts';
import { type DayValues, placingOf } from '../placing.ts';
import type { Plan } from '../plan.ts';
import { boundsOf, cohortsOf } from '../spans.ts';
import type { EventAsk } from '../types.ts';

const dayMs = 86_400_000;

export function activationRate(ask: EventAsk): Plan {
  const { params } = ask;
  const property = optionalText(params, 'distinctProperty');
  const count = property === null ? 'count(*)' : "count(DISTINCT nullif(done.v, 'null'))";
  const enough = `${count} >= ${numberParam(params, 'minCount')}`;
  return shareOfSignups(ask, named(textParam(params, 'event')), enough, property);
}

export function onboardingCompletion(ask: EventAsk): Plan {
  const steps = new Set(textsParam(ask.params, 'requiredSteps'));
  return shareOfSignups(ask, { only: [...steps] }, `count(DISTINCT done.e) >= ${steps.size}`, null);
}

/** People whose events from their sign-up until their deadline are enough, as a condition on the group of them says. */
function shareOfSignups(
  { params, windows }: EventAsk,
  wanted: Named,
  enough: string,
  property: string | null,
): Plan {
  const spans = cohortsOf(windows);
  const signup = named(textParam(params, 'signupEvent'));
  const withinDays = numberParam(params, 'withinDays');
  const rolling = choiceParam(params, 'clock', clocks) === 'rolling';
  const dayValues: DayValues = {
    columns: ['due'],
    of: (days, index) => [days.startMs(index + withinDays)],
  };
  return {
    scope: {
      fromMs: boundsOf(spans).startMs,
      untilMs: latestOf(spans, ({ endMs, startDay, timeZone }) => {
        if (rolling) return endMs + withinDays * dayMs;
        const days = localDaysFrom(startDay, timeZone);
        return days.startMs(days.indexAt(endMs) + withinDays);
      }),
      several: [signup, wanted],
      ...(property === null ? {} : { property }),
    },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect, rolling ? undefined : dayValues);
      const done = [`${columns.user} AS u`, `${columns.event} AS e`, `${columns.ms} AS ms`];
      return {
        parts: [
          ...parts,
          ...placing.parts,
          judgedPart(spans, dialect),
          ['start_event', select([`${columns.user} AS u`, `${columns.ms} AS t`], [signup])],
          ['done', select(property === null ? done : [...done, `${columns.json} AS v`], [wanted])],
          ...entryParts(placing, 'in the window', rolling ? [] : ['due']),
          ['entry', `SELECT u, w, t, ${rolling ? `t + ${withinDays * dayMs} AS due` : 'due'}\nFROM entered`],
          ['started', 'SELECT DISTINCT u, t, due\nFROM entry'],
          [
            'success',
            `SELECT started.u AS u, started.t AS t, started.due AS due
FROM started
INNER JOIN done ON done.u = started.u
WHERE done.ms >= started.t AND done.ms < started.due
GROUP BY started.u, started.t, started.due
HAVING ${enough}`,
          ],
        ],
        last: countEntries(['u', 't', 'due']),
      };
    },
    measure: (rows) => shareIn(rows, numberParam(params, 'minCohort')),
  };
}
