import { describe, expect, it } from 'vitest';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { typeform } from '../../../connectors/typeform/index.ts';
import { CONFIG, window } from './support/read.ts';
import { NOW, response, startTypeform, TOKEN, worldOf } from './support/server.ts';

/**
 * A page holds a thousand: 600 detractors on the 1st, 600 promoters on the 3rd, nobody on the 2nd. They come one a second in
 * ten minutes, the first 300 before midnight in Shanghai (16:00 UTC), or in New York (05:00 UTC), and as many after it.
 */
const many = (first: string, nps1: number, stars1: number) =>
  Array.from({ length: 600 }, (_, index) =>
    response(new Date(Date.parse(first) + index * 1_000).toISOString(), { nps1, stars1 }),
  );
const world = () =>
  worldOf({ responses: [...many('2026-03-01T15:55:00Z', 6, 3), ...many('2026-03-03T04:55:00Z', 9, 5)] });

const each = (value: string | null) => ({ '2026-03-01': value, '2026-03-02': value, '2026-03-03': value });

const checks = connectorKit({
  connector: typeform,
  config: CONFIG,
  secrets: [TOKEN],
  start: () => startTypeform(world()),
  startEmpty: () => startTypeform(worldOf()),
  now: new Date(NOW),
  window: window('2026-03-01', '2026-03-04'),
  metrics: {
    nps: {
      params: { days: 1 },
      values: { '2026-03-01': '-100', '2026-03-02': null, '2026-03-03': '100' },
      pages: 2,
      empty: each(null),
      zones: {
        'Asia/Shanghai': { '2026-03-01': '-100', '2026-03-02': '-100', '2026-03-03': '100' },
        'America/New_York': { '2026-03-01': '-100', '2026-03-02': '100', '2026-03-03': '100' },
      },
    },
    nps_average: {
      params: { days: 3 },
      // 6 alone, and then half of each: 7.5.
      values: { '2026-03-01': '6', '2026-03-02': '6', '2026-03-03': '7.5' },
      pages: 2,
      empty: each(null),
      zones: {
        'Asia/Shanghai': { '2026-03-01': '6', '2026-03-02': '6', '2026-03-03': '7.5' },
        // Of the 2nd (600 * 6 + 300 * 9) / 900.
        'America/New_York': { '2026-03-01': '6', '2026-03-02': '7', '2026-03-03': '7.5' },
      },
    },
    csat: {
      params: { days: 3 },
      values: { '2026-03-01': '0', '2026-03-02': '0', '2026-03-03': '0.5' },
      pages: 2,
      empty: each(null),
      zones: {
        'Asia/Shanghai': { '2026-03-01': '0', '2026-03-02': '0', '2026-03-03': '0.5' },
        // Of the 2nd 300 of 900.
        'America/New_York': { '2026-03-01': '0', '2026-03-02': '0.333333333333', '2026-03-03': '0.5' },
      },
    },
    response_count: {
      params: {},
      values: { '2026-03-01': '600', '2026-03-02': '0', '2026-03-03': '600' },
      pages: 2,
      empty: each('0'),
      zones: {
        'Asia/Shanghai': { '2026-03-01': '300', '2026-03-02': '300', '2026-03-03': '600' },
        'America/New_York': { '2026-03-01': '600', '2026-03-02': '300', '2026-03-03': '300' },
      },
    },
  },
});

describe('the connector kit on Typeform', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
