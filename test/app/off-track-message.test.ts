import { expect, it } from 'vitest';
import { offTrackMessage } from '../../src/app/off-track-message.ts';

type Said = Parameters<typeof offTrackMessage>[0];

/** Only what the message reads of the records around an evaluation. */
function said(rule: { forEvaluations: number; keepFiringEvaluations: number }): Said {
  return {
    input: {
      keyResult: { id: 'kr_1', key: 'growth.wau', title: 'WAU', owner: null, unit: 'count', currency: null },
      objective: { id: 'obj_1', title: 'Growth' },
      connection: { environment: 'live' },
      previous: null,
      points: [],
    },
    evaluation: {
      currentValue: 231,
      startValue: 0,
      targetValue: 1_000,
      progress: 0.231,
      expected: 0.598,
      // 0.231 - 0.598 = -0.367 and 0.231 / 0.598 = 0.386
      statusReason: {
        code: 'far_behind_pace',
        values: {
          progress: 0.231,
          expected: 0.598,
          gap: -0.367,
          ratio: 0.386,
          asOfDay: '2026-08-11',
          missingDays: 0,
        },
      },
      dataThroughDay: '2026-08-11',
    },
    event: { kind: 'fired', episode: 1 },
    rule,
    alertId: 'alr_1',
    now: new Date('2026-08-12T06:00:00Z'),
    linkBase: 'https://tidemark.example',
  } as unknown as Said;
}

it('says why in whole percent and points, without a minus before "behind"', () => {
  expect(offTrackMessage(said({ forEvaluations: 3, keepFiringEvaluations: 5 })).reason.text).toBe(
    '23% done, 60% expected by 2026-08-11: far behind, by 37 points, at 39% of the expected pace.',
  );
});

it.each([
  [
    3,
    5,
    'Sent when off track on 3 evaluated days in a row; over when not off track on 5 evaluated days in a row.',
  ],
  [1, 1, 'Sent when off track on 1 evaluated day; over when not off track on 1 evaluated day.'],
])('names its rule: for %i, keep %i', (forEvaluations, keepFiringEvaluations, text) => {
  expect(offTrackMessage(said({ forEvaluations, keepFiringEvaluations })).rule).toBe(text);
});
