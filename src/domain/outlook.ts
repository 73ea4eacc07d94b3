import { type Band, bandOf, type Chance, halfLifeDays, smoothChance } from './chance.ts';
import { addDays, addMonths } from './day.ts';
import type { Forecast, ForecastQuestion, ForecastStep } from './forecast/types.ts';
import { type NoForecast, type Posed, type QuestionInput, questionOf } from './forecast-question.ts';

/** The forecast of one evaluated day, in the unit of the goal's own value, as it is kept. */
export type KnownForecast = {
  available: true;
  asOfDay: string;
  deadlineDay: string;
  /** What the chance is the chance of: a value at the deadline, or a share of days within bounds. */
  of: 'value' | 'share';
  /** The target or the bounds that it was measured against. */
  atLeast: number | null;
  atMost: number | null;
  p10: number;
  p50: number;
  p90: number;
  fan: [day: string, p10: number, p50: number, p90: number][];
  /** Per step, from now on and lately; null where no total is built up. */
  needed: number | null;
  recent: number | null;
  method: Forecast['method'];
  members: Record<string, number>;
  littleHistory: boolean;
  inputs: Forecast['inputs'];
};

export type StoredForecast = KnownForecast | { available: false; asOfDay: string; why: NoForecast };

/** A chance with the band that it puts the Key Result in; `bandBefore` is that of the evaluated day before. */
export type JudgedChance = Chance & { band: Band; bandBefore: Band | null };

/** What is expected of a Key Result at its deadline, as of one evaluated day. */
export type Outlook = { key: string; chance: JudgedChance | null; forecast: StoredForecast };

/** A forecast as evidence: how a chance came about. The days until the deadline are left out. */
export type ForecastEvidence =
  | (Omit<KnownForecast, 'fan'> & { chance: { raw: number; smoothed: number; band: Band } })
  | Extract<StoredForecast, { available: false }>;

export type Forecaster = (question: ForecastQuestion) => Forecast;

/** The outlook of a day. The same input gives the same answer, however often and wherever it is asked. */
export function outlookOf(
  input: QuestionInput & { key: string },
  previous: JudgedChance | null,
  forecast: Forecaster,
): Outlook {
  const { asOfDay, key } = input;
  const posed = questionOf(input);
  if (!posed.ok) return { key, chance: null, forecast: { available: false, asOfDay, why: posed.why } };
  const answer = forecast(posed.posed.question);
  return {
    key,
    chance: judgeChance(previous, asOfDay, answer, posed.posed.question.step),
    forecast: known(input, posed.posed, answer),
  };
}

/** The chance that is acted upon, and its band, from what was thought of the days before. */
export function judgeChance(
  previous: JudgedChance | null,
  asOfDay: string,
  { method, pHit }: Forecast,
  step: ForecastStep,
): JudgedChance {
  // What is decided is not smoothed: nothing that was thought before matters any more.
  const before = method === 'decided' ? null : previous;
  const chance = smoothChance(before, asOfDay, pHit, halfLifeDays[step]);
  const bandBefore = bandBeforeDay(previous, asOfDay);
  return { ...chance, band: bandOf(chance.smoothed, bandBefore), bandBefore };
}

function bandBeforeDay(previous: JudgedChance | null, asOfDay: string): Band | null {
  if (previous === null) return null;
  if (previous.asOfDay < asOfDay) return previous.band;
  return previous.asOfDay === asOfDay ? previous.bandBefore : null;
}

function known({ asOfDay }: QuestionInput, posed: Posed, answer: Forecast): KnownForecast {
  const { bounds, deadlineDay, question, scale } = posed;
  const within = (value: number): number =>
    Math.min(
      bounds.upper ?? Number.POSITIVE_INFINITY,
      Math.max(bounds.lower ?? Number.NEGATIVE_INFINITY, value * scale),
    );
  const { p10, p50, p90 } = answer.quantiles;
  const times = (value: number | null): number | null => (value === null ? null : value * scale);
  const isSum = question.final.kind === 'sum';
  return {
    available: true,
    asOfDay,
    deadlineDay,
    of: question.final.kind === 'share' ? 'share' : 'value',
    atLeast: times(question.hit.atLeast),
    atMost: times(question.hit.atMost),
    p10: within(p10),
    p50: within(p50),
    p90: within(p90),
    fan: answer.fan.map((at) => [
      stepDay(asOfDay, at.ahead, question.step),
      within(at.p10),
      within(at.p50),
      within(at.p90),
    ]),
    needed: isSum ? (answer.rate?.needed ?? null) : null,
    recent: isSum ? (answer.rate?.recent ?? null) : null,
    method: answer.method,
    members: answer.members,
    littleHistory: answer.littleHistory,
    inputs: answer.inputs,
  };
}

function stepDay(from: string, steps: number, step: ForecastStep): string {
  if (step === 'month') return addMonths(from, steps);
  return addDays(from, step === 'week' ? 7 * steps : steps);
}
