import { type DayWindow, driftError, type MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { type DayRange, matureDays } from './days.ts';
import { readingOf, sharePoint } from './map.ts';
import { firstDayOf, isLastDay, rangeOfPeriods, refuseOtherWeeks } from './periods.ts';
import { isWithin, nothingYet, sharedRange } from './plan.ts';
import {
  maturesAfterDays,
  oneMonthParams,
  oneMonthQuestion,
  type RetentionQuestion,
  retentionParams,
  retentionQuestion,
} from './retention-questions.ts';
import { type Cohort, type RetentionAnswer, retentionSchema } from './schema.ts';

/**
 * Of the people who entered in a period, how many came back in an interval of their own clocks. One point a period, on
 * its last day, and only once the interval is over for all of them: before, its number could only rise.
 */
export async function readRetention(
  context: MixpanelContext,
  window: DayWindow,
  question: RetentionQuestion,
): Promise<MetricReading> {
  const lastDays = cohortDays(context, window, question);
  const own = rangeOfPeriods(lastDays, question.period);
  if (own === null) return nothingYet('No cohort of this window is mature yet');
  const parameters = parametersFor(context, question, own);
  const answer = await context.shared(`mixpanel-retention:${JSON.stringify(parameters)}`, () =>
    createMixpanelClient(context).query('/retention', 'a retention', retentionSchema, parameters),
  );
  return retentionReading(answer, lastDays, question);
}

/** The last days of the cohorts of a window for whom the interval is over. */
function cohortDays(
  { now }: MixpanelContext,
  window: DayWindow,
  { n, period }: Pick<RetentionQuestion, 'n' | 'period'>,
): string[] {
  const days = matureDays(window, now, maturesAfterDays(n, period.unit));
  return days.filter((day) => isLastDay(day, period));
}

/** One call tells all intervals of the same people, so the farthest of them and all their days are asked at once. */
function parametersFor(context: MixpanelContext, question: RetentionQuestion, own: DayRange) {
  const beside = retentionsOfRun(context)
    .filter((other) => groupOf(other.question) === groupOf(question))
    .map(({ question: { n, period }, window }) => ({
      n,
      range: rangeOfPeriods(cohortDays(context, window, { n, period }), period),
    }));
  const range = sharedRange(
    own,
    beside.map((other) => other.range),
  );
  const within = beside.filter((other) => other.range !== null && isWithin(other.range, range));
  const { bornEvent, bornWhere, event, period, retentionType, where } = question;
  return {
    retention_type: retentionType,
    born_event: bornEvent,
    ...(event === undefined ? {} : { event }),
    ...(bornWhere === undefined ? {} : { born_where: bornWhere }),
    ...(where === undefined ? {} : { where }),
    from_date: range.fromDay,
    to_date: range.toDay,
    unit: period.unit,
    interval: 1,
    interval_count: 1 + Math.max(question.n, ...within.map((other) => other.n)),
  };
}

function retentionsOfRun({ reads }: MixpanelContext): { question: RetentionQuestion; window: DayWindow }[] {
  return reads.flatMap(({ metric, params, window }) => {
    if (metric === 'retention_one_month') {
      const parsed = oneMonthParams.safeParse(params);
      return parsed.success ? [{ question: oneMonthQuestion(parsed.data), window }] : [];
    }
    const parsed = metric === 'retention' ? retentionParams.safeParse(params) : null;
    return parsed?.success === true ? [{ question: retentionQuestion(parsed.data), window }] : [];
  });
}

/** All of a question but its interval. */
function groupOf({ bornEvent, bornWhere, event, period, retentionType, where }: RetentionQuestion): string {
  return JSON.stringify([retentionType, bornEvent, bornWhere, event, where, period]);
}

/** @param lastDays the last days of cohorts that are mature */
export function retentionReading(
  answer: RetentionAnswer,
  lastDays: readonly string[],
  { n, period }: Pick<RetentionQuestion, 'n' | 'period'>,
): MetricReading {
  refuseOtherWeeks(Object.keys(answer), period);
  const points = lastDays.flatMap((day) => {
    const cohort = answer[firstDayOf(day, period)];
    const returned = cohort?.counts[n];
    // The list is shorter where Mixpanel itself holds the cohort for too young.
    return cohort === undefined || returned === undefined ? [] : [cohortPoint(day, cohort, returned)];
  });
  return readingOf(points, lastDays.length);
}

/** @throws ConnectorError `schema_drift` when more came back than ever entered, which no retention can say */
export function cohortPoint(day: string, { first }: Cohort, returned: number, computedAt?: string) {
  if (returned > first) throw driftError('Mixpanel', 'a retention: more came back than entered', '/counts');
  return sharePoint(day, returned, first, computedAt);
}
