import { expect, it } from 'vitest';
import { renderExplanation } from '../../../src/cli/render/explanation.ts';
import type { Look } from '../../../src/cli/render/look.ts';
import { digest, explanation, present } from '../support/board-fixture.ts';

const look: Look = {
  columns: 120,
  color: false,
  ascii: false,
  lang: 'en',
  verbose: true,
  now: new Date('2026-08-16T12:00:00.000Z'),
};

it('walks from the progress number down to the request and the digest of its answer', () => {
  const text = renderExplanation(explanation(), look);
  const steps = [
    'Progress  23 %',
    '(current − start) ÷ (target − start)',
    '(84,200 − 76,500) ÷ (110,000 − 76,500) = 0.23',
    'snp_1',
    'Monthly recurring revenue',
    '2026-08-15  $84,200.00',
    'run_2  schedule, succeeded',
    'All of it: 3 pages, 240 items, last page reached.',
    'GET https://api.stripe.com/v1/subscriptions?limit=100',
    'HTTP 200, 412 ms, 1.2 kB, Request id req_8a',
    `sha256:${digest}`,
  ];
  const places = steps.map((step) => text.indexOf(step));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

it('says what a restated day was believed to be, and until when', () => {
  expect(renderExplanation(explanation(), look)).toContain(
    'Restated from $84,100.00 to $84,200.00, believed until 2026-08-16T10:00:00.000Z (run_1)',
  );
});

it('shows a day without a value as a dash, never as zero', () => {
  const line = renderExplanation(explanation(), look)
    .split('\n')
    .find((text) => text.includes('2026-08-14 '));
  expect(line).toMatch(/^ {2}2026-08-14 +– +1 +Backfilled/);
});

it('counts the points that it leaves out, and lists them when asked', () => {
  const one = present(explanation().points[1]);
  const many = { ...explanation(), points: Array.from({ length: 20 }, () => one) };
  expect(renderExplanation(many, { ...look, verbose: false })).toContain('+6 (--verbose)');
  expect(renderExplanation(many, look)).not.toContain('(--verbose)');
});

it('says so when an answer was not whole', () => {
  const broken = explanation();
  const evidence = present(broken.runs[0]?.evidence[0]);
  evidence.completeness.lastPageReached = false;
  expect(renderExplanation(broken, look)).toContain('Not whole: the last page was not reached.');
});

it('says so when nothing was computed yet', () => {
  const bare = { ...explanation(), snapshot: null, metric: null, points: [], runs: [] };
  expect(renderExplanation(bare, look)).toContain('No evidence yet');
});
