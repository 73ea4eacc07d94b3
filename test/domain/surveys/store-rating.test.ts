import { describe, expect, it } from 'vitest';
import { measure, snapshot } from './measure.ts';

const countries = [
  { country: 'us', average: 4.5, count: 200 },
  { country: 'jp', average: 3, count: 100 },
  { country: 'de', average: 0, count: 0 },
];
const today = snapshot('2026-03-31');
const now = { kind: 'none' } as const;
const total = (average: number, count: number) => ({ average, count });

describe('store rating', () => {
  it('weighs countries by their ratings and tells how many there were', () => {
    // (4.5 x 200 + 3.0 x 100) / 300; the plain mean of two countries would be 3.75.
    expect(measure('store_rating', {}, today, { countries })).toEqual({
      value: 4,
      numerator: 1_200,
      denominator: 300,
      sampleSize: 300,
      beside: { countries: 2 },
    });
  });

  it('can be asked for some countries only, in either case of letters', () => {
    expect(measure('store_rating', { countries: ['US', 'de'] }, today, { countries }).value).toBe(4.5);
  });

  it('has no value where nobody rated, too few did, or nothing was read', () => {
    const rating = (params: object, found = countries) =>
      measure('store_rating', { ...params }, today, { countries: found });
    expect(rating({ countries: ['de'] })).toMatchObject({ reason: 'zero_denominator' });
    expect(rating({}, [])).toMatchObject({ reason: 'zero_denominator' });
    expect(rating({ minRatings: 301 })).toEqual({
      value: null,
      reason: 'insufficient_sample',
      sampleSize: 300,
    });
    expect(measure('store_rating', {}, today, {})).toEqual({ value: null, reason: 'no_observation' });
  });

  it('does not depend on the order of countries, to the last digit', () => {
    const odd = [0.1, 4.7, 3.3, 2.9, 4.1].map((average, index) => ({
      country: String(index),
      average,
      count: 7 ** index,
    }));
    const rating = (found: typeof odd) => measure('store_rating', {}, today, { countries: found });
    expect(rating(odd.toReversed())).toEqual(rating(odd));
  });
});

describe('rating since a moment', () => {
  const delta = (before: ReturnType<typeof total>, after: ReturnType<typeof total>, params = {}) =>
    measure('store_rating_delta', params, now, { before, after });

  it.each([
    // Facts: with 100,000 old ratings and 100 new ones 0.01 stars, with 10 new ones 0.1 stars.
    { added: 100, bound: 0.01001 },
    { added: 10, bound: 0.10001 },
  ])('of $added new ratings on 100,000 old ones is known to $bound stars', ({ added, bound }) => {
    const after = total((4 * 100_000 + 4.5 * added) / (100_000 + added), 100_000 + added);
    const found = delta(total(4, 100_000), after);
    expect(found.value).toBeCloseTo(4.5, 6);
    expect(found.sampleSize).toBe(added);
    expect(found.beside?.roundingError).toBeCloseTo(bound, 8);
  });

  it('begins with nothing when the app had no ratings', () => {
    expect(delta(total(0, 0), total(4.2, 50)).value).toBeCloseTo(4.2, 12);
  });

  it.each([
    { why: 'the developer reset the count', after: total(4.9, 20) },
    { why: 'a single rating is gone', after: total(4, 99) },
    // 4.9 x 110 - 4.0 x 100 = 139 stars of ten people: 13.9 each cannot be.
    { why: 'the count was reset and outgrew the old one since', after: total(4.9, 110) },
    // 3.5 x 110 - 4.0 x 100 = -15 stars of ten people.
    { why: 'the new ratings would be below one star', after: total(3.5, 110) },
  ])('has no value when $why', ({ after }) => {
    expect(delta(total(4, 100), after)).toEqual({ value: null, reason: 'counter_reset' });
  });

  it('lets a value pass the ends of the scale by no more than rounding explains', () => {
    // Ten ratings of 5 on 100,000 of 4.0 make 400,050 / 100,010 = 4.00009999, published as 4.0001; from that the ten
    // come out as 5.0001, and the bound is 0.1.
    const found = delta(total(4, 100_000), total(4.0001, 100_010));
    expect(found.value).toBeCloseTo(5.0001, 3);
  });

  it('has no value without new ratings, with too few, or with one total missing', () => {
    expect(delta(total(4, 100), total(4, 100))).toMatchObject({ value: null, reason: 'zero_denominator' });
    expect(delta(total(4, 100), total(4.1, 125), { minRatings: 26 })).toEqual({
      value: null,
      reason: 'insufficient_sample',
      sampleSize: 25,
    });
    expect(measure('store_rating_delta', {}, now, { after: total(4, 1) })).toEqual({
      value: null,
      reason: 'no_observation',
    });
  });
});
