import { expect, it } from 'vitest';
import { reasonOf } from '../../src/wiring/point-reason.ts';

const day = '2026-07-01';

it.each([
  { point: { day, value: '0' }, reason: null, why: 'C4: a zero is a value, and needs no excuse' },
  { point: { day, value: null }, reason: 'no_observation', why: 'C5: nothing was told of the day' },
  {
    point: { day, value: null, numerator: '0', denominator: '0' },
    reason: 'zero_denominator',
    why: 'there was nobody to measure',
  },
  {
    point: { day, value: null, denominator: '0', reason: 'no_mature_cohort' as const },
    reason: 'no_mature_cohort',
    why: 'the connector knows better',
  },
  {
    point: { day, value: null, flags: { reason: 'zero_churn' } },
    reason: 'zero_churn',
    why: 'the connector has flagged it',
  },
  {
    point: { day, value: null, flags: { reason: 'something else', thresholded: true } },
    reason: 'no_observation',
    why: 'a flag that is no reason of the list is none',
  },
])('a day without a value says why: $why', ({ point, reason }) => {
  expect(reasonOf(point)).toBe(reason);
});
