import { begunDays, type DayWindow, localDay, type PointReading } from '../sdk/index.ts';
import type { Answer, Flags } from './answer.ts';
import { asksOf, namesAsked, type Question } from './questions.ts';
import { refuseOtherCurrency, refuseOtherZone, refuseRestricted } from './refusals.ts';
import { proofOf, quotientOf, type SingleQuestion, valueOfDay } from './value-of-day.ts';

/**
 * One point for each begun day. A day that had ended and has no row in a whole answer is a zero; what the answer's flags
 * put in doubt has no value and says why. Today is told only when there is something to tell.
 *
 * @param answers one for each of `asksOf(question)`, in order
 * @throws ConnectorError when the property cuts its days in another zone or keeps its money in another currency, or the
 *   account may not see the metric
 */
export function pointsOf(
  question: Question,
  answers: readonly Answer[],
  window: DayWindow,
  now: Date,
): PointReading[] {
  const days = begunDays(window, now);
  const [first] = answers;
  if (first === undefined) throw new Error('a question without an answer'); // there is one for each ask
  if (question.as !== 'quotient') return readOff(question, first, window, days, now);
  const second = answers[1];
  const { numerator, denominator } = question;
  if (second === undefined) {
    const ratio = { as: 'ratio', numerator: numerator.name, denominator: denominator.name } as const;
    return readOff(ratio, first, window, days, now);
  }
  const above = readOff({ as: 'sum', ...numerator }, first, window, days, now);
  const below = new Map(
    readOff({ as: 'sum', ...denominator }, second, window, days, now).map((point) => [point.day, point]),
  );
  // Today has a row in one of the answers and none in the other: it counts once both tell it, or never as a half.
  return above.flatMap(({ day, ...valued }): PointReading[] => {
    const other = below.get(day);
    return other === undefined ? [] : [{ day, ...quotientOf(valued, other) }];
  });
}

function readOff(
  question: SingleQuestion,
  answer: Answer,
  window: DayWindow,
  days: readonly string[],
  now: Date,
): PointReading[] {
  const names = asksOf(question)[0]?.names ?? [];
  refuseOtherZone(answer.timeZone, window.timeZone);
  refuseRestricted(names, answer.restricted);
  if (question.as === 'money') refuseOtherCurrency(answer.currencyCode, question.currency);
  const today = localDay(now, window.timeZone);
  const proof = proofOf(names, answer);
  return days.flatMap((day): PointReading[] => {
    const values = answer.days.get(day);
    const doubt = answer.doubts.get(day);
    if (values === undefined && doubt === undefined && day === today) return [];
    const valued = doubt === undefined ? valueOfDay(question, values, proof) : { value: null, flags: doubt };
    const flags: Flags = { ...valued.flags, ...(day === today ? { partialDay: true } : {}) };
    return [{ day, ...valued, ...(Object.keys(flags).length === 0 ? {} : { flags }) }];
  });
}

/** Rows that belong to no day, in one sentence each: only what this question asked for. */
export function lostNotes(question: Question, answer: Answer): string[] {
  const names = namesAsked(question).filter((name) => answer.names.includes(name));
  return answer.lost.map(({ label, values }) => {
    const amounts = names.map((name) => `${name} ${values[name] ?? '?'}`).join(', ');
    return `A row without a day, "${label.slice(0, 40)}": ${amounts}; the days were asked for one by one`;
  });
}
