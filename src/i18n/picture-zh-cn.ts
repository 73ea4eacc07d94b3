import type { pictureEn } from './picture-en.ts';

export const pictureZhCn: Record<keyof typeof pictureEn, string> = {
  'picture.alert_fired': '告警',
  'picture.alert_recovered': '告警解除',
  'picture.check_in': '签到',
  'picture.cycle_start': '周期开始',
  'picture.empty': '还没有数值',
  'picture.expected': '预期节奏',
  'picture.forecast': '预测',
  'picture.forecast_range': '预测及其 80% 区间',
  'picture.forecast_sentence': '预测 {day} 为 {p50}，80% 的可能在 {p10} 至 {p90} 之间。',
  'picture.initiative': '举措',
  'picture.limit': '界限',
  'picture.limits': '界限',
  'picture.override': '负责人给出的值',
  'picture.provisional': '暂定',
  'picture.restated': '已修订',
  'picture.sum': '累计值',
  'picture.target': '目标值',
  'picture.value': '实际值',
};
