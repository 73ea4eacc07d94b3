import { Decimal } from 'decimal.js';
import type { PointReading } from '../sdk/index.ts';
import { settingError } from './errors.ts';
import type { Sample } from './items.ts';
import type { Picking } from './question.ts';

/** Sums of exact decimals stay exact. */
const Exact = Decimal.clone({ precision: 80 });
const KEPT_DECIMALS = 12;

/**
 * One point per day out of what was found, in the order of the days.
 *
 * @throws ConnectorError when a day has several values and nobody said what to make of them
 */
export function pointsOf(provider: string, samples: readonly Sample[], picking: Picking): PointReading[] {
  const byDay = new Map<string, Sample[]>();
  for (const sample of samples) {
    const known = byDay.get(sample.day);
    if (known === undefined) byDay.set(sample.day, [sample]);
    else known.push(sample);
  }
  const days = [...byDay.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return days.map(([day, of]) => {
    if (of.length > 1 && picking.combine === 'error') {
      const problem = `${provider} tells ${of.length} values of ${day}, and a day has one.`;
      throw settingError(
        'several_values',
        problem,
        'Say with "combine" how they become one: sum, avg, min, max, last or count.',
      );
    }
    return picking.denominator === undefined ? valueOf(day, of, picking) : rateOf(day, of, picking);
  });
}

function valueOf(day: string, samples: readonly Sample[], picking: Picking): PointReading {
  const known = inOrder(samples).flatMap(({ value }) => (value === null ? [] : [new Exact(value)]));
  const combined = combine(known, picking.combine);
  if (combined === null) return nothing(day);
  const scaled = combined.mul(picking.scale ?? 1).add(picking.offset ?? 0);
  const value = picking.whole === true ? scaled.round() : scaled;
  return { day, value: value.toFixed(), ...passedOver(samples.length - known.length) };
}

function rateOf(day: string, samples: readonly Sample[], { combine: how }: Picking): PointReading {
  const whole = inOrder(samples).filter(
    ({ denominator, value }) => value !== null && denominator !== undefined,
  );
  const parts = how === 'last' ? whole.slice(-1) : whole;
  if (parts.length === 0) return nothing(day);
  const numerator = Exact.sum(...parts.map(({ value }) => value ?? 0));
  const denominator = Exact.sum(...parts.map((part) => part.denominator ?? 0));
  const value = denominator.isZero()
    ? null
    : numerator.div(denominator).toDecimalPlaces(KEPT_DECIMALS).toFixed();
  return {
    day,
    value,
    numerator: numerator.toFixed(),
    denominator: denominator.toFixed(),
    ...(value === null ? { reason: 'zero_denominator' as const } : passedOver(samples.length - whole.length)),
  };
}

function combine(values: readonly Decimal[], how: Picking['combine']): Decimal | null {
  const last = values.at(-1);
  if (how === 'count') return new Exact(values.length);
  if (last === undefined) return null;
  switch (how) {
    case 'sum':
      return Exact.sum(...values);
    case 'avg':
      return Exact.sum(...values)
        .div(values.length)
        .toDecimalPlaces(KEPT_DECIMALS);
    case 'min':
      return Exact.min(...values);
    case 'max':
      return Exact.max(...values);
    default:
      return last;
  }
}

/** By their instants where they have them, else as they came. */
function inOrder(samples: readonly Sample[]): Sample[] {
  return samples.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

function nothing(day: string): PointReading {
  return { day, value: null, reason: 'no_observation' };
}

/** Of several things of a day, those that were no value. */
function passedOver(count: number): Pick<PointReading, 'flags'> {
  return count === 0 ? {} : { flags: { withoutValue: count } };
}
