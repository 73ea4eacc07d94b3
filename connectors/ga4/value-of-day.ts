import { Decimal } from 'decimal.js';
import type { PointReading } from '../sdk/index.ts';
import type { Answer, Flags, Values } from './answer.ts';
import { minorUnits } from './money.ts';
import { addsUp } from './names.ts';
import type { Question } from './questions.ts';

/** Enough for a fraction; Google's own have 17 digits. */
const KEPT_DECIMALS = 15;
/** A count that is won back from a rate has to be whole, within what is lost on the way. */
const WHOLE_WITHIN = 0.01;

export type Valued = Omit<PointReading, 'day'>;
/** Questions that one report answers. */
export type SingleQuestion = Exclude<Question, { as: 'quotient' }>;

/** What may be concluded from an answer that rows may have been withheld from. */
export type Proof = 'whole' | 'withheld' | 'unproven' | 'proven';

/** Days that add up to the total were told in full; users do not: somebody seen on two days is one person. */
export function proofOf(names: string[], answer: Answer): Proof {
  if (!answer.isThresholded) return 'whole';
  const additive = names.filter(addsUp);
  if (answer.readAlone || additive.length === 0) return 'unproven';
  const { totals } = answer;
  const rows = [...answer.days.values()];
  const adds = (name: string) =>
    Decimal.sum(0, ...rows.map((values) => values[name] ?? 0)).eq(totals?.[name] ?? Number.NaN);
  return additive.every(adds) ? 'proven' : 'withheld';
}

/** The value of a day that had ended, from its row or from there being none. */
export function valueOfDay(question: SingleQuestion, values: Values | undefined, proof: Proof): Valued {
  const flags = proof === 'whole' ? {} : { flags: { thresholded: true } };
  if (proof === 'withheld') return { value: null, ...flags };
  if (values !== undefined) return withFlags(valueOf(question, values), flags.flags);
  // A missing row is a day without anything only when no row can have been withheld.
  if (proof === 'unproven') return { value: null, ...flags };
  return withFlags(valueOfNothing(question), flags.flags);
}

export function withFlags(valued: Valued, more: Flags | undefined): Valued {
  return more === undefined ? valued : { ...valued, flags: { ...valued.flags, ...more } };
}

function valueOf(question: SingleQuestion, values: Values): Valued {
  const number = (name: string) => new Decimal(values[name] ?? Number.NaN);
  switch (question.as) {
    case 'sum':
    case 'people':
      return { value: number(question.name).toFixed() };
    case 'money': {
      const { value, rounded } = minorUnits(values[question.name] ?? 'NaN', question.currency);
      return rounded === null ? { value } : { value, flags: { rounded } };
    }
    case 'ratio':
      return ratioOf(number(question.numerator), number(question.denominator));
    case 'rate': {
      const denominator = number(question.denominator);
      const product = number(question.rate).mul(denominator);
      const numerator = product.round();
      const off = numerator.sub(product).abs();
      return off.gt(WHOLE_WITHIN)
        ? { value: null, flags: { notWhole: product.toDecimalPlaces(3).toNumber() } }
        : ratioOf(numerator, denominator);
    }
  }
}

/** Both parts are kept, so that longer windows divide sum by sum. */
export function ratioOf(numerator: Decimal, denominator: Decimal): Valued {
  if (denominator.isZero()) {
    if (numerator.isZero()) return nothingHappened();
    return { value: null, reason: 'zero_denominator', flags: { zeroDenominator: true } };
  }
  return {
    value: numerator.div(denominator).toDecimalPlaces(KEPT_DECIMALS).toFixed(),
    numerator: numerator.toFixed(),
    denominator: denominator.toFixed(),
  };
}

/** One day of two counts that were asked for apart: without either of them there is no ratio. */
export function quotientOf(above: Valued, below: Valued): Valued {
  const flags = { ...above.flags, ...below.flags };
  const more = Object.keys(flags).length === 0 ? undefined : flags;
  if (above.value === null || below.value === null) return withFlags({ value: null }, more);
  return withFlags(ratioOf(new Decimal(above.value), new Decimal(below.value)), more);
}

/** The parts stay zero, so that the day takes part in a longer ratio without changing it. */
function nothingHappened(): Valued {
  return { value: null, numerator: '0', denominator: '0', flags: { noActivity: true } };
}

function valueOfNothing(question: SingleQuestion): Valued {
  if (question.as === 'ratio' || question.as === 'rate') return nothingHappened();
  // People of the last 7 or 28 days may well exist on a day on which nobody came.
  if (question.as === 'people' && question.rolling) return { value: null, flags: { noRow: true } };
  return { value: '0' };
}
