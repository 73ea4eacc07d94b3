import { describe, expect, it } from 'vitest';
import * as domain from '../../src/domain/snapshot.ts';
import { assumptionSentence } from '../../src/i18n/assumption-text.ts';
import { translator } from '../../src/i18n/index.ts';
import { paramTexts, windowText } from '../../src/web/catalog-words.ts';
import { chartDays } from '../../src/web/chart-model.ts';
import { CHECK_IN_DAYS, nextCheckInDay } from '../../src/web/check-in-due.ts';
import { noValueText, rhythmLine } from '../../src/web/definition-words.ts';
import { createFormat } from '../../src/web/format.ts';
import { failing, onTrack } from './fixtures.ts';
import { checkedIn, checkInsOf, knownDetailOf, milestone, overridden, recurring } from './fixtures-known.ts';

const t = translator('en');
const format = createFormat('en');

describe('the next check-in', () => {
  it('is due when the domain says so', () => {
    expect(CHECK_IN_DAYS).toBe(domain.CHECK_IN_DAYS);
    // 28 February and 14 days, in a year without a 29th.
    expect(nextCheckInDay(checkedIn, 'running')).toBe('2026-03-14');
  });

  it.each(['upcoming', 'closing', 'closed'])('is asked of nobody while a cycle is %s', (state) => {
    expect(nextCheckInDay(checkedIn, state)).toBeNull();
  });

  it('is not asked for where steps are ticked', () => {
    expect(nextCheckInDay(milestone, 'running')).toBeNull();
  });
});

describe('a rhythm', () => {
  it('of which no period is over says only what was done', () => {
    const early = { ...recurring, status: onTrack.status };
    expect(rhythmLine(t, format, early)).toBe('6 of 12 done');
  });

  it('is nothing of other goals', () => {
    expect(rhythmLine(t, format, onTrack)).toBeNull();
  });

  it('counts one period in the singular', () => {
    const { reason } = recurring.status;
    const one = {
      ...recurring.status,
      reason: { ...reason, values: { ...reason.values, met: 1, periods: 1 } },
    };
    expect(rhythmLine(t, format, { ...recurring, status: one })).toBe('6 of 12 done; 1 of 1 week kept');
  });
});

describe('a missing value', () => {
  it('is told by its reason', () => {
    expect(noValueText(t, format, 'zero_denominator')).toBe('No value: there was nothing to divide by.');
  });

  it('of a reason that a newer server invented is still no value', () => {
    expect(noValueText(t, format, 'solar_flare')).toBe('no value');
    expect(noValueText(t, format, null)).toBe('no value');
  });
});

describe('an assumption', () => {
  it('is a sentence in the language of the reader', () => {
    const assumption = { code: 'baseline_days', values: { days: 28 } };
    expect(assumptionSentence('en', assumption)).toBe(
      'The baseline is the value of the 28 days before the cycle starts.',
    );
    expect(assumptionSentence('zh-CN', assumption)).toBe('基线取周期开始前 28 天的值。');
  });

  it('that a newer server invented is shown as it is', () => {
    expect(assumptionSentence('en', { code: 'crystal_ball', values: { colour: 'blue' } })).toBe(
      'crystal_ball blue',
    );
  });
});

it('shows a window and a metric that a newer server invented as they are', () => {
  expect(windowText('en', { kind: 'lunar' })).toBe('lunar');
  expect(paramTexts('en', 'moon_phase', { phase: ['new', 'full'], none: null })).toEqual([
    { name: 'phase', value: 'new, full', meaning: undefined },
  ]);
});

describe('the days of a chart', () => {
  it('keep the line of the source under an override', () => {
    const days = chartDays(knownDetailOf(overridden), []);
    const last = days.find(({ day }) => day === '2026-03-02');
    expect(last).toMatchObject({ value: 13_480, override: 14_200 });
    // Ended by hand on 16 January; it was to last until the 25th.
    expect(days.find(({ day }) => day === '2026-01-16')?.override).toBe(11_000);
    expect(days.find(({ day }) => day === '2026-01-17')?.override).toBeNull();
  });

  it('let what people said stand until they say something else', () => {
    const days = chartDays(knownDetailOf(checkedIn), checkInsOf(checkedIn.key).data);
    expect(days.find(({ day }) => day === '2026-02-12')).toMatchObject({
      value: 4,
      checkIns: [{ id: 'chk_2' }],
    });
    expect(days.find(({ day }) => day === '2026-01-14')?.value).toBeNull();
  });

  it('leave a gap where a source did not measure', () => {
    const days = chartDays(knownDetailOf(failing), []);
    expect(days.find(({ day }) => day === '2026-01-21')?.value).toBeNull();
  });
});
