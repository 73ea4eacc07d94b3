import { expect, it } from 'vitest';
import { writeDuration } from '../../src/i18n/index.ts';

it.each([
  { seconds: 0, en: '0 sec', zh: '0秒' },
  { seconds: 45.25, en: '45.3 sec', zh: '45.3秒' },
  { seconds: 228.06, en: '3 min 48 sec', zh: '3分钟 48秒' }, // 3 × 60 + 48
  { seconds: 119.7, en: '2 min', zh: '2分钟' }, // never "1 min 60 sec"
  { seconds: 3_599.8, en: '1 hr', zh: '1小时' },
  { seconds: 7_500, en: '2 hr 5 min', zh: '2小时 5分钟' }, // 2 × 3,600 + 5 × 60
  { seconds: 259_140, en: '71 hr 59 min', zh: '71小时 59分钟' },
  { seconds: 1_503_360, en: '17.4 days', zh: '17.4天' }, // 17.4 × 86,400
  { seconds: -1_728_000, en: '-20 days', zh: '-20天' },
  { seconds: -90, en: '-1 min 30 sec', zh: '-1分钟 30秒' },
])('writes $seconds seconds as people say them', ({ seconds, en, zh }) => {
  expect(writeDuration('en', seconds)).toBe(en);
  expect(writeDuration('zh-CN', seconds)).toBe(zh);
});
