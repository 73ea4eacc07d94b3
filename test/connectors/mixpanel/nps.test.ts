import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { npsOf, type SurveyAnswer, scoreOf } from '../../../connectors/mixpanel/nps.ts';
import { localDay } from '../../../connectors/sdk/index.ts';

/** Worked examples, each with its arithmetic in words; those of other metrics of satisfaction are not ours. */
const vector = z.object({
  id: z.string(),
  description: z.string(),
  metric: z.enum(['nps', 'nps_average']),
  params: z.object({ dedupe: z.enum(['latest_per_respondent', 'all']).default('latest_per_respondent') }),
  window: z.object({ start: z.string(), end: z.string(), timeZone: z.string() }),
  input: z.object({
    responses: z.array(z.object({ respondentId: z.string(), score: z.unknown(), time: z.string() })),
  }),
  expected: z.object({
    value: z.number().nullable(),
    tolerance: z.number().optional(),
    reason: z.string().optional(),
  }),
});
const file = new URL('../../vectors/satisfaction.json', import.meta.url);
const { vectors } = z
  .object({ vectors: z.array(z.looseObject({ metric: z.string() })) })
  .parse(JSON.parse(readFileSync(file, 'utf8')));
const ours = vectors.filter(({ metric }) => metric.startsWith('nps')).map((each) => vector.parse(each));

it('has vectors for both scales', () => {
  expect(ours.length).toBeGreaterThanOrEqual(9);
  expect(new Set(ours.map(({ metric }) => metric))).toEqual(new Set(['nps', 'nps_average']));
});

it.each(ours)('$id: $description', ({ metric, params, window, input, expected }) => {
  const answers = input.responses.flatMap(({ respondentId, score, time }): SurveyAnswer[] => {
    const day = localDay(new Date(time), window.timeZone);
    const usable = scoreOf(score);
    if (usable === null || day < window.start || day > window.end) return [];
    return [{ respondent: respondentId, score: usable, timeMs: Date.parse(time), processedMs: 0 }];
  });
  const scale = metric === 'nps' ? 'nps' : 'average';
  const { value, reason } = npsOf(answers, { scale, dedupe: params.dedupe, minResponses: 1 });
  if (expected.value === null) {
    expect({ value, reason }).toEqual({ value: null, reason: expected.reason });
  } else {
    expect(Math.abs(Number(value) - expected.value)).toBeLessThanOrEqual(expected.tolerance ?? 0);
  }
});

const answer = (respondent: string | null, score: number, timeMs = 0, processedMs = 0): SurveyAnswer => ({
  respondent,
  score,
  timeMs,
  processedMs,
});
const rule = { scale: 'nps', dedupe: 'latest_per_respondent', minResponses: 1 } as const;

it('keeps both parts and the three classes beside the score', () => {
  // 2 promoters, 1 passive, 3 detractors: (2 - 3) / 6 = -16.67
  const scores = [10, 9, 8, 6, 3, 0].map((score, index) => answer(`p${index}`, score));
  expect(npsOf(scores, rule)).toEqual({
    value: '-16.666666666667',
    numerator: '-100',
    denominator: '6',
    counts: { promoters: 2, passives: 1, detractors: 3 },
  });
  // 36 points of 6 people
  expect(npsOf(scores, { ...rule, scale: 'average' })).toMatchObject({
    value: '6',
    numerator: '36',
    denominator: '6',
  });
});

it('has no value below the number of answers that the owner asked for, and one from there on', () => {
  const two = [answer('a', 9), answer('b', 9)];
  expect(npsOf(two, { ...rule, minResponses: 3 })).toMatchObject({
    value: null,
    reason: 'insufficient_sample',
  });
  expect(npsOf(two, { ...rule, minResponses: 2 })).toMatchObject({ value: '100' });
});

it('counts who answered twice once for that number', () => {
  const twice = [answer('a', 0, 1), answer('a', 10, 2)];
  expect(npsOf(twice, { ...rule, minResponses: 2 })).toMatchObject({ value: null });
  expect(npsOf(twice, { ...rule, minResponses: 2, dedupe: 'all' })).toMatchObject({ value: '0' });
});

it('takes of two answers in one second the one that came in last, in whatever order they are told', () => {
  const tie = [answer('a', 10, 5, 2), answer('a', 0, 5, 1)];
  expect(npsOf(tie, rule).value).toBe('100');
  expect(npsOf(tie.toReversed(), rule).value).toBe('100');
});

it('keeps answers without a respondent apart: they are not one person', () => {
  expect(npsOf([answer(null, 10, 1), answer(null, 0, 2)], rule)).toMatchObject({
    value: '0',
    denominator: '2',
  });
});

describe('an answer', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('is %d, also as text', (score) => {
    expect(scoreOf(score)).toBe(score);
    expect(scoreOf(String(score))).toBe(score);
  });

  it.each([
    -1,
    11,
    7.5,
    Number.NaN,
    '7.5',
    '11',
    '-1',
    '09',
    '',
    ' ',
    'later',
    null,
    undefined,
    true,
    [9],
    {},
  ])('is not %j', (value) => {
    expect(scoreOf(value)).toBeNull();
  });
});
