import { z } from 'zod';
import type { CatalogMeaning, MeasurableMetric, ReadOutcome, ReadRequest } from '../app/ports.ts';
import { addDays, localDay } from '../domain/day.ts';
import { ledgerKinds } from './billing-kinds.ts';
import {
  completenessOf,
  daysIn,
  failed,
  type LedgerReading,
  outdated,
  type Point,
  refusalOf,
} from './billing-reading.ts';
import { problemsOf } from './zod-problems.ts';

/** Of those whose first trial began on a day, the share that paid in time. */

const days = (most: number) => z.int().min(0).max(most);
const GRACE_DAYS = 7;
const own = z.strictObject({
  graceDays: days(90)
    .default(GRACE_DAYS)
    .describe('Days after the end of a trial in which a payment still counts'),
  trialDays: days(730)
    .default(14)
    .describe('The usual length of a trial: when a day settles, and the end of a trial that has none'),
});
type Params = z.infer<typeof own>;

export type CheckedTrials =
  | { ok: true; params: Params; settlesAfterHours: number }
  | { ok: false; problems: string[] };

export function checkTrials(given: Readonly<Record<string, unknown>>): CheckedTrials {
  const checked = own.safeParse(given);
  if (!checked.success) return { ok: false, problems: problemsOf(checked.error) };
  const { graceDays, trialDays } = checked.data;
  return { ok: true, params: checked.data, settlesAfterHours: (trialDays + graceDays) * 24 };
}

const meaning: CatalogMeaning = {
  metric: 'trial_to_paid_rate',
  define(given) {
    const checked = own.safeParse(given);
    if (!checked.success) return null;
    const { graceDays, trialDays } = checked.data;
    // The catalogue knows no trial that is over as it begins.
    if (trialDays + graceDays < 1) return null;
    return {
      params: {
        trialEvent: 'first trial of a Stripe customer',
        paidEvent: 'Stripe invoice paid with more than nothing',
        withinDays: trialDays + graceDays,
        graceDays,
      },
      window: { kind: 'matured_cohort', days: 1 },
    };
  },
  suggest({ params: { graceDays, withinDays } }) {
    const given = graceDays === undefined ? {} : { graceDays };
    if (typeof withinDays !== 'number') return given;
    const grace = typeof graceDays === 'number' ? graceDays : GRACE_DAYS;
    return withinDays < grace ? {} : { graceDays: grace, trialDays: withinDays - grace };
  },
};

export function trialsInfo(): MeasurableMetric {
  return {
    metric: 'trial_to_paid',
    title: 'Trial to paid',
    description:
      'Of the customers whose first trial began on a day, the share that paid an invoice before the trial’s end plus the days of grace.',
    stage: 'revenue',
    unit: 'ratio',
    kind: 'ratio',
    settlesAfterHours: null,
    rereadDays: 3,
    cadence: 'day',
    readEveryHours: null,
    history: 'backfill',
    catalog: meaning,
    params: z.toJSONSchema(own, { io: 'input', unrepresentable: 'any' }),
  };
}

/**
 * People whose time is not up are in neither number, even if they have paid: counting the quick ones alone would make
 * every young day look good. A day on which nobody's time is up has no point yet.
 */
export async function readTrials(request: ReadRequest, reading: LedgerReading): Promise<ReadOutcome> {
  const checked = checkTrials(request.params);
  if (!checked.ok) return outdated('trial_to_paid', checked.problems);
  const kinds = ledgerKinds('trial_to_paid', {}, { providerRates: false });
  const refusal = refusalOf(reading, kinds, false);
  if (refusal !== null) return failed(refusal);
  const { timeZone } = request;
  const asked = daysIn(reading, request);
  const values = await reading.deps.revenue.measure(
    'trial_to_paid_rate',
    checked.params,
    asked.map((day) => ({
      kind: 'cohort',
      startDay: day,
      endDay: addDays(day, 1),
      timeZone,
      asOfAt: reading.now,
    })),
    {
      connectionId: reading.connection.id,
      series: null,
      onlyCurrency: null,
      money: null,
      referral: null,
      now: reading.now,
    },
  );
  const today = localDay(reading.now, timeZone);
  const points = asked.flatMap((day, index): Point[] => {
    const { beside = {}, denominator: decided = 0, numerator: paid = 0 } = values[index] ?? {};
    const immature = beside['immature'] ?? 0;
    // Today somebody may still begin.
    if (decided === 0 && (immature > 0 || day === today)) return [];
    const parts = { day, numerator: String(paid), denominator: String(decided) };
    if (decided === 0)
      return [{ ...parts, value: null, reason: 'zero_denominator', counts: null, flags: null }];
    const counts = immature === 0 ? null : { immature };
    return [{ ...parts, value: String(paid / decided), reason: null, counts, flags: null }];
  });
  return { ok: true, exchanges: [], reading: { points, completeness: completenessOf(reading, kinds, []) } };
}
