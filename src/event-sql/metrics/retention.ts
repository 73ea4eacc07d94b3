import { daysBetween } from '../../domain/day.ts';
import { localDaysFrom } from '../../domain/events/local-days.ts';
import { choiceParam, clocks, flagParam, textParam, textsParam } from '../../domain/events/params.ts';
import { isSimple, isToTheHour, retentionOf } from '../../domain/events/retention.ts';
import { bucketRule, criteria, periodStart, units } from '../../domain/events/retention-bucket.ts';
import type { Dialect } from '../dialect.ts';
import { countEntries, countsIn, entryParts, judgedPart, latestOf } from '../entrants.ts';
import { named } from '../named.ts';
import { type DayValues, placingOf } from '../placing.ts';
import type { Plan } from '../plan.ts';
import { boundsOf, cohortsOf, type Span } from '../spans.ts';
import type { Part } from '../statement.ts';
import type { EventAsk } from '../types.ts';

const hourMs = 3_600_000;
type Params = EventAsk['params'];

export function retention({ params, windows }: EventAsk): Plan {
  const spans = cohortsOf(windows);
  const passive = textsParam(params, 'passiveEvents');
  const start = named(textParam(params, 'startEvent'), passive);
  const comeback = named(textParam(params, 'returnEvent'), passive);
  const firstEver = flagParam(params, 'firstTimeOnly');
  const open = isOpen(params);
  const values = dayValuesOf(params);
  const lastAsOfMs = spans.reduce((most, { asOfMs }) => Math.max(most, asOfMs), 0);
  return {
    scope: {
      fromMs: firstEver ? null : boundsOf(spans).startMs,
      untilMs: latestOf(spans, (span) => (open ? span.asOfMs : bucketEndMs(params, span))),
      several: [start, comeback],
    },
    write({ columns, parts, select }, dialect) {
      const placing = placingOf(spans, dialect, values.columns.length === 0 ? undefined : values);
      return {
        parts: [
          ...parts,
          ...placing.parts,
          judgedPart(spans, dialect),
          ['start_event', select([`${columns.user} AS u`, `${columns.ms} AS t`], [start])],
          ['comeback', select([`${columns.user} AS u`, `${columns.ms} AS ms`], [comeback])],
          ...entryParts(placing, firstEver ? 'ever' : 'in the window', values.columns),
          ...bucketParts(params, dialect),
          ['started', 'SELECT DISTINCT u, t, since, due\nFROM entry'],
          [
            'success',
            `SELECT started.u AS u, started.t AS t, started.since AS since, started.due AS due, min(comeback.ms) AS back
FROM started
INNER JOIN comeback ON comeback.u = started.u
WHERE comeback.ms >= started.since AND comeback.ms < ${open ? lastAsOfMs : 'started.due'}
GROUP BY started.u, started.t, started.since, started.due`,
          ],
        ],
        last: countEntries(['u', 't', 'since', 'due'], {
          cohort: isSimple(params) ? 'entry.cohort_day' : '0',
          also: open ? ' AND success.back < judged.as_of' : '',
        }),
      };
    },
    measure: (rows) => retentionOf(params, rows.map(countsIn)),
  };
}

function isOpen(params: Params): boolean {
  return choiceParam(params, 'criterion', criteria) === 'on_or_after';
}

function isRolling(params: Params): boolean {
  return choiceParam(params, 'clock', clocks) === 'rolling';
}

/** The end of the bucket of whoever would start when the window ends, who is the last. */
function bucketEndMs(params: Params, { endMs, startDay, timeZone }: Span): number {
  return bucketRule(params, localDaysFrom(startDay, timeZone))(endMs).endMs;
}

/** What follows from the local day of a start: its midnight, its bucket on the calendar, its calendar cohort. */
function dayValuesOf(params: Params): DayValues {
  const [hourly, calendar, simple] = [isToTheHour(params), !isRolling(params), isSimple(params)];
  const cohortUnit = choiceParam(params, 'cohortUnit', units);
  return {
    columns: [
      ...(hourly ? ['midnight'] : []),
      ...(calendar ? ['bucket_start', 'bucket_end'] : []),
      ...(simple ? ['cohort_day'] : []),
    ],
    of(days, index) {
      const midnightMs = days.startMs(index);
      const bucket = calendar ? bucketRule(params, days)(midnightMs) : null;
      const cohortDay = periodStart(days.dayOf(index), cohortUnit, params);
      return [
        ...(hourly ? [midnightMs] : []),
        ...(bucket === null ? [] : [bucket.startMs, bucket.endMs]),
        ...(simple ? [daysBetween('1970-01-01', cohortDay)] : []),
      ];
    },
  };
}

/**
 * Each entry with the time in which to come back. A return is strictly later than the start: with times cut to the
 * hour, in a later hour.
 */
function bucketParts(params: Params, dialect: Dialect): Part[] {
  const hourly = isToTheHour(params);
  const simple = isSimple(params) ? ', cohort_day' : '';
  const hours = `midnight + (${dialect.quotient('t - midnight', String(hourMs))}) * ${hourMs}`;
  const calendar = isRolling(params) ? '' : ', bucket_start, bucket_end';
  // A rolling bucket lies as far after every start.
  const after = isRolling(params) ? bucketRule(params, localDaysFrom('1970-01-01', 'UTC'))(0) : null;
  const from = after === null ? 'bucket_start' : `t + ${after.startMs}`;
  const until = after === null ? 'bucket_end' : `t + ${after.endMs}`;
  return [
    ['rounded', `SELECT u, w, ${hourly ? hours : 't'} AS t${calendar}${simple}\nFROM entered`],
    [
      'entry',
      `SELECT u, w, t, greatest(${from}, t + ${hourly ? hourMs : 1}) AS since, ${until} AS due${simple}\nFROM rounded`,
    ],
  ];
}
