import { Decimal } from 'decimal.js';
import { type PointReading, plain, shiftDay } from '../sdk/index.ts';
import { isEmpty, numberIn, textIn } from './cells.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { SurveyParams } from './params.ts';
import type { Sheet } from './sheet.ts';
import { columnAt } from './table.ts';

/** `nps`: -100 to 100. `average`: 0 to 10. Neither can be turned into the other. */
export type Scale = 'nps' | 'average';

type Answer = { day: string; atMs: number; row: number; score: number; respondent: string | null };

const HIGHEST = 10;
const LOWEST_PROMOTER = 9;
const HIGHEST_DETRACTOR = 6;

/** The score of the answers in the `days` days that end with each day, as the catalogue works it out. */
export function surveyPoints(
  { days, table, timeZone }: Sheet,
  params: SurveyParams,
  scale: Scale,
): { points: PointReading[]; notes: string[] } {
  const scoreAt = columnAt(table, 'scoreColumn', params.scoreColumn);
  const whoAt =
    params.respondentColumn === undefined
      ? null
      : columnAt(table, 'respondentColumn', params.respondentColumn);
  const needed = whoAt === null ? [scoreAt] : [scoreAt, whoAt];
  const first = shiftDay(days[0] ?? '9999-12-31', 1 - params.days);
  const last = days.at(-1) ?? '';
  const inTime = entriesOf(table, { dateColumn: params.dateColumn, needed }, timeZone).filter(
    ({ day }) => day >= first && day <= last,
  );
  const told = inTime.filter((entry) => !isEmpty(entry.cell(scoreAt)));
  const answers = told.flatMap((entry) => answerOf(entry, scoreAt, whoAt) ?? []);
  const unusable = told.length - answers.length;
  return {
    points: days.map((day) => {
      const from = shiftDay(day, 1 - params.days);
      const window = answers.filter((answer) => answer.day >= from && answer.day <= day);
      return pointOf(day, whoAt === null ? window : latestOfEach(window), params, scale);
    }),
    notes: unusable === 0 ? [] : [`${unusable} answers were no whole number from 0 to 10`],
  };
}

/** Null: a number that is none of the scale. A text is no number at all, and is refused with its cell. */
function answerOf(entry: Entry, scoreAt: number, whoAt: number | null): Answer | null {
  const score = numberIn(entry.cell(scoreAt), entry.nameOf(scoreAt));
  if (score === null || !score.isInteger() || score.isNegative() || score.gt(HIGHEST)) return null;
  const who = whoAt === null ? '' : textIn(entry.cell(whoAt), entry.nameOf(whoAt)).toLowerCase();
  const { atMs, day, row } = entry;
  return { day, atMs, row, score: score.toNumber(), respondent: who === '' ? null : who };
}

/** Answers of nobody in particular cannot replace each other. Of two at one moment the lower row is the later. */
function latestOfEach(answers: readonly Answer[]): Answer[] {
  const latest = new Map<string, Answer>();
  for (const answer of answers) {
    if (answer.respondent === null) continue;
    const known = latest.get(answer.respondent);
    const isLater =
      known === undefined ||
      answer.atMs > known.atMs ||
      (answer.atMs === known.atMs && answer.row > known.row);
    if (isLater) latest.set(answer.respondent, answer);
  }
  return [...answers.filter(({ respondent }) => respondent === null), ...latest.values()];
}

function pointOf(
  day: string,
  answers: readonly Answer[],
  { minResponses }: SurveyParams,
  scale: Scale,
): PointReading {
  const scores = answers.map(({ score }) => score);
  const sampleSize = scores.length;
  // Of a few people nothing is told but that they were few.
  if (sampleSize > 0 && sampleSize < minResponses)
    return { day, value: null, reason: 'insufficient_sample', flags: { sampleSize } };
  const promoters = scores.filter((score) => score >= LOWEST_PROMOTER).length;
  const detractors = scores.filter((score) => score <= HIGHEST_DETRACTOR).length;
  const total = scores.reduce((sum, score) => sum + score, 0);
  const numerator = new Decimal(scale === 'nps' ? 100 * (promoters - detractors) : total);
  const parts = {
    numerator: plain(numerator),
    denominator: String(sampleSize),
    counts: { promoters, passives: sampleSize - promoters - detractors, detractors },
  };
  if (sampleSize === 0) return { day, value: null, reason: 'zero_denominator', ...parts };
  return { day, value: plain(numerator.div(sampleSize)), ...parts };
}
