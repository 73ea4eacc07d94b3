import type { pastEn } from './past-en.ts';

export const pastZhCn: Record<keyof typeof pastEn, string> = {
  'past.banner': '{day} 当时所知的情况',
  'past.detail': '这是 Tidemark 在 {at} 显示的内容，不含之后对数据的更正。',
  'past.partly':
    '{count, plural, other {# 个关键结果}}在那时的记录不完整：{keys}。其定义取自保存下来的最早版本，当时的数据状态未知。',
  'past.nothing': '那时还没有周期。',
  'past.back': '回到现在',
  'past.pick': '查看过去某一天的看板',
  'past.pick_short': '过去某天',
  'past.show': '查看',
  'past.provisional': '暂定',
  'past.was': '已更正：{at} 之前为 {value}',
  'past.day_was': '已更正：{at} 之前当天为 {value}',

  'cohort.title': '同期群',
  'cohort.newest': '最新的成熟同期群于 {day} 进入；进度与当天的计划比较。',
  'cohort.first': '本周期的第一个同期群于 {day} 成熟；更早的同期群在周期之前进入。',
  'cohort.final': '本周期最后一个同期群（{lastOwnDay}）于 {day} 成熟：到那时最终数值才确定。',
};
