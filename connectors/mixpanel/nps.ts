import { quotient } from './map.ts';

/** One usable answer of a survey. A respondent is null where Mixpanel does not say who it was. */
export type SurveyAnswer = {
  respondent: string | null;
  score: number;
  timeMs: number;
  /** Breaks a tie between two answers of the same second: the later one. */
  processedMs: number;
};

/** `nps`: -100 to 100. `average`: 0 to 10. Neither can be turned into the other. */
export type NpsScale = 'nps' | 'average';
export type NpsDedupe = 'latest_per_respondent' | 'all';
export type NpsRule = { scale: NpsScale; dedupe: NpsDedupe; minResponses: number };

type NpsParts = {
  value: string | null;
  numerator: string;
  denominator: string;
  counts: { promoters: number; passives: number; detractors: number };
  reason?: 'zero_denominator' | 'insufficient_sample';
};

const HIGHEST = 10;
const LOWEST_PROMOTER = 9;
const LOWEST_PASSIVE = 7;

/** A whole number from 0 to 10, also as text; anything else is no answer. */
export function scoreOf(value: unknown): number | null {
  if (typeof value === 'string') return /^(\d|10)$/.test(value) ? Number(value) : null;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= HIGHEST
    ? value
    : null;
}

/** The score of the answers of one window, which has been cut before: who answered twice counts once, at the end. */
export function npsOf(window: readonly SurveyAnswer[], rule: NpsRule): NpsParts {
  const answers = rule.dedupe === 'all' ? window : latestPerRespondent(window);
  const scores = answers.map(({ score }) => score);
  const promoters = scores.filter((score) => score >= LOWEST_PROMOTER).length;
  const detractors = scores.filter((score) => score < LOWEST_PASSIVE).length;
  const counts = { promoters, passives: scores.length - promoters - detractors, detractors };
  const total = scores.reduce((sum, score) => sum + score, 0);
  const numerator = rule.scale === 'nps' ? (promoters - detractors) * 100 : total;
  const parts = { numerator: String(numerator), denominator: String(scores.length), counts };
  if (scores.length === 0) return { ...parts, value: null, reason: 'zero_denominator' };
  if (scores.length < rule.minResponses) return { ...parts, value: null, reason: 'insufficient_sample' };
  return { ...parts, value: quotient(numerator, scores.length) };
}

/** Answers of nobody in particular cannot replace each other. */
function latestPerRespondent(answers: readonly SurveyAnswer[]): SurveyAnswer[] {
  const latest = new Map<string, SurveyAnswer>();
  for (const answer of answers) {
    if (answer.respondent === null) continue;
    const known = latest.get(answer.respondent);
    if (known === undefined || isLater(answer, known)) latest.set(answer.respondent, answer);
  }
  return [...answers.filter(({ respondent }) => respondent === null), ...latest.values()];
}

function isLater(answer: SurveyAnswer, than: SurveyAnswer): boolean {
  if (answer.timeMs !== than.timeMs) return answer.timeMs > than.timeMs;
  return answer.processedMs > than.processedMs;
}
