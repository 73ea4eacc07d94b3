import { Decimal } from 'decimal.js';
import { begunDays, ConnectorError, type DayWindow, localDay, type PointReading } from '../sdk/index.ts';
import type { Answer, Flags, Values } from './answer.ts';
import { namesAsked, type Question } from './questions.ts';

/** Enough for a fraction; Google's own have 17 digits. */
const KEPT_DECIMALS = 15;
/** A count that is won back from a rate has to be whole, within what is lost on the way. */
const WHOLE_WITHIN = 0.01;
/** Whose days add up to the total. Users do not: somebody seen on two days is one person. */
const ADDITIVE = ['newUsers', 'sessions', 'userEngagementDuration'];

type Valued = Omit<PointReading, 'day'>;

/**
 * One point for each begun day. A day that had ended and has no row in a whole answer is a zero; what the answer's flags
 * put in doubt has no value and says why. Today is told only when there is something to tell.
 *
 * @throws ConnectorError when the property cuts its days in another zone, or the account may not see the metric
 */
export function pointsOf(question: Question, answer: Answer, window: DayWindow, now: Date): PointReading[] {
  const names = namesAsked(question);
  refuseOtherZone(answer.timeZone, window.timeZone);
  refuseRestricted(names, answer);
  const today = localDay(now, window.timeZone);
  const proof = proofOf(names, answer);
  return begunDays(window, now).flatMap((day): PointReading[] => {
    const values = answer.days.get(day);
    const doubt = answer.doubts.get(day);
    if (values === undefined && doubt === undefined && day === today) return [];
    const valued = doubt === undefined ? valueOfDay(question, values, proof) : { value: null, flags: doubt };
    const flags: Flags = { ...valued.flags, ...(day === today ? { partialDay: true } : {}) };
    return [{ day, ...valued, ...(Object.keys(flags).length === 0 ? {} : { flags }) }];
  });
}

/** What may be concluded from an answer that rows may have been withheld from. */
type Proof = 'whole' | 'withheld' | 'unproven' | 'proven';

function proofOf(names: string[], answer: Answer): Proof {
  if (!answer.isThresholded) return 'whole';
  const additive = names.filter((name) => ADDITIVE.includes(name));
  if (answer.readAlone || additive.length === 0) return 'unproven';
  const { totals } = answer;
  const rows = [...answer.days.values()];
  const adds = (name: string) =>
    Decimal.sum(0, ...rows.map((values) => values[name] ?? 0)).eq(totals?.[name] ?? Number.NaN);
  return additive.every(adds) ? 'proven' : 'withheld';
}

function valueOfDay(question: Question, values: Values | undefined, proof: Proof): Valued {
  const flags = proof === 'whole' ? {} : { flags: { thresholded: true } };
  if (proof === 'withheld') return { value: null, ...flags };
  if (values !== undefined) return withFlags(valueOf(question, values), flags.flags);
  // A missing row is a day without anything only when no row can have been withheld.
  if (proof === 'unproven') return { value: null, ...flags };
  return withFlags(valueOfNothing(question), flags.flags);
}

function withFlags(valued: Valued, more: Flags | undefined): Valued {
  return more === undefined ? valued : { ...valued, flags: { ...valued.flags, ...more } };
}

function valueOf(question: Question, values: Values): Valued {
  const number = (name: string) => new Decimal(values[name] ?? Number.NaN);
  switch (question.as) {
    case 'sum':
    case 'people':
      return { value: number(question.name).toFixed() };
    case 'ratio':
      return ratio(number(question.numerator), number(question.denominator));
    case 'rate': {
      const denominator = number(question.denominator);
      const product = number(question.rate).mul(denominator);
      const numerator = product.round();
      const off = numerator.sub(product).abs();
      return off.gt(WHOLE_WITHIN)
        ? { value: null, flags: { notWhole: product.toDecimalPlaces(3).toNumber() } }
        : ratio(numerator, denominator);
    }
  }
}

function ratio(numerator: Decimal, denominator: Decimal): Valued {
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

/** The parts stay zero, so that the day takes part in a longer ratio without changing it. */
function nothingHappened(): Valued {
  return { value: null, numerator: '0', denominator: '0', flags: { noActivity: true } };
}

function valueOfNothing(question: Question): Valued {
  if (question.as === 'ratio' || question.as === 'rate') return nothingHappened();
  // People of the last 7 or 28 days may well exist on a day on which nobody came.
  if (question.as === 'people' && question.rolling) return { value: null, flags: { noRow: true } };
  return { value: '0' };
}

/** Rows that belong to no day, in one sentence each: only what this question asked for. */
export function lostNotes(question: Question, answer: Answer): string[] {
  const names = namesAsked(question);
  return answer.lost.map(({ label, values }) => {
    const amounts = names.map((name) => `${name} ${values[name] ?? '?'}`).join(', ');
    return `A row without a day, "${label.slice(0, 40)}": ${amounts}; the days were asked for one by one`;
  });
}

/** Zones have several names, such as Asia/Kolkata and Asia/Calcutta. */
function refuseOtherZone(theirs: string, ours: string): void {
  if (theirs === ours || canonical(theirs) === canonical(ours)) return;
  const hint = `Set the metric’s own time zone to ${theirs}.`;
  const message = `This GA4 property cuts its days in ${theirs}, the metric in ${ours}. ${hint}`;
  throw new ConnectorError(message, {
    errorClass: 'config',
    code: 'time_zone',
    remedy: { by: 'owner', hint },
  });
}

function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}

/** Google answers zero, not an error, for what the account may not see. */
function refuseRestricted(names: string[], answer: Answer): void {
  const hidden = names.filter((name) => answer.restricted.includes(name));
  if (hidden.length === 0) return;
  const hint =
    'Take the restriction "No revenue metrics" or "No cost metrics" from the service account in GA4 Admin.';
  const message = `The service account may not see ${hidden.join(' and ')}, so Google answers zero. ${hint}`;
  throw new ConnectorError(message, {
    errorClass: 'auth',
    code: 'restricted_metric',
    remedy: { by: 'owner', hint },
  });
}
