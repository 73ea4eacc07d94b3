import { expect, it } from 'vitest';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { cohort, did, measure } from './measure.ts';

const march = cohort('2026-03-01', '2026-04-01', '2026-07-01T00:00:00Z');
const named = { trialEvent: 'trial_started', paidEvent: 'paid' };
function conversion(events: ProductEvent[], params = {}, window = march) {
  return measure('trial_to_paid_rate', { ...named, ...params }, window, { events });
}
const start = '2026-03-02T10:00:00Z';

it.each([
  { paid: '2026-03-23T09:59:59Z', rate: 1, why: '21 days less a second after the start' },
  { paid: '2026-03-23T10:00:00Z', rate: 0, why: 'not when exactly 21 days have passed' },
  { paid: '2026-03-02T09:00:00Z', rate: 0, why: 'not for a payment before the trial' },
])('a trial of unknown length converts within 14 + 7 days: $why', ({ paid, rate }) => {
  expect(conversion([did(`a trial_started ${start}`), did(`a paid ${paid}`)]).value).toBe(rate);
});

it('gives an extended trial until its own end plus grace, when the event tells that end', () => {
  // A trial of 30 days ends on 1 April 10:00; with 7 days of grace until 8 April 10:00.
  const extended = did(`a trial_started ${start}`, { trialEndsAt: '2026-04-01T10:00:00Z' });
  expect(conversion([extended, did('a paid 2026-04-08T09:59:59Z')]).value).toBe(1);
  expect(conversion([extended, did('a paid 2026-04-08T10:00:00Z')]).value).toBe(0);
  expect(conversion([extended, did('a paid 2026-04-01T10:00:00Z')], { graceDays: 0 }).value).toBe(0);
});

it('waits for the real end before it judges', () => {
  const extended = did(`a trial_started ${start}`, { endsOn: new Date('2026-04-01T10:00:00Z') });
  const params = { trialEndProperty: 'endsOn' };
  const early = cohort('2026-03-01', '2026-04-01', '2026-04-08T09:59:59Z');
  expect(conversion([extended], params, early)).toMatchObject({ value: null, reason: 'no_mature_cohort' });
  const onTime = cohort('2026-03-01', '2026-04-01', '2026-04-08T10:00:00Z');
  expect(conversion([extended], params, onTime).value).toBe(0);
});

it.each([{ trialEndsAt: 'soon' }, { trialEndsAt: '2026-03-01T00:00:00Z' }, { trialEndsAt: 1775037600 }])(
  'falls back on the usual length when the end makes no sense: %o',
  (properties) => {
    const trial = did(`a trial_started ${start}`, properties);
    expect(conversion([trial, did('a paid 2026-03-23T09:59:59Z')]).value).toBe(1);
    expect(conversion([trial, did('a paid 2026-03-23T10:00:00Z')]).value).toBe(0);
  },
);

it('takes the first trial of a person in the window, also when an earlier one lies before it', () => {
  const events = [
    did('a trial_started 2026-01-02T10:00:00Z'),
    did('a trial_started 2026-03-02T10:00:00Z'),
    did('a trial_started 2026-03-28T10:00:00Z'),
    did('a paid 2026-03-30T10:00:00Z'), // 28 days after the first of March
  ];
  expect(conversion(events)).toMatchObject({ value: 0, denominator: 1 });
});
