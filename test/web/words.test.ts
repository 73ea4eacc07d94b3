import { describe, expect, it } from 'vitest';
import { translator } from '../../src/i18n/index.ts';
import { createFormat } from '../../src/web/format.ts';
import { knownStatus, reasonSentence, targetText } from '../../src/web/words.ts';
import { guardrail, offTrack, onTrack } from './fixtures.ts';

const t = translator('en');
const format = createFormat('en');
const count = { unit: 'count', currency: null };

describe('a reason', () => {
  it('is one sentence with the real numbers', () => {
    expect(reasonSentence(t, format, offTrack.status.reason, count)).toBe(
      '24% done, 68% expected by Mar 2, 2026: far behind, by 44 points, at 36% of the expected pace.',
    );
  });

  it('that a newer server invented is said in the server’s own words', () => {
    const reason = { code: 'tea_break', values: {}, text: 'The team is having tea.' };
    expect(reasonSentence(t, format, reason, count)).toBe('The team is having tea.');
  });

  it('that lacks a number falls back to the server’s sentence instead of breaking the page', () => {
    const reason = { code: 'far_behind_pace', values: {}, text: 'Far behind.' };
    expect(reasonSentence(t, format, reason, count)).toBe('Far behind.');
  });
});

it('takes a status that a newer server invented for unknown', () => {
  expect(knownStatus('on_fire')).toBe('unknown');
});

describe('a target', () => {
  it.each([
    { row: onTrack, text: '15,000' },
    { row: guardrail, text: '≤ 300' },
    {
      row: {
        ...onTrack,
        goal: { kind: 'recurring', perPeriod: 3, periodUnit: 'week', periods: 13, carryOver: false } as const,
      },
      text: '3 per week',
    },
    {
      row: {
        ...onTrack,
        targetValue: null,
        goal: { kind: 'change', percent: 20, mode: 'relative', baselineValue: null } as const,
      },
      text: '+20%',
    },
  ])('of a $row.goal.kind goal reads $text', ({ row, text }) => {
    expect(targetText(t, format, row)).toBe(text);
  });
});
