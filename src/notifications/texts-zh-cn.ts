import type { Texts } from './texts.ts';

const turnOff = '如不想再收到此类消息，请关闭该关键结果的告警规则，或停用此通道。';

export const zhCn: Texts = {
  headline: {
    'key_result.off_track': (title) => `偏离目标：${title}`,
    'key_result.recovered': (title) => `不再偏离目标：${title}`,
    test: () => 'Tidemark 测试消息',
  },
  sandboxTag: '[沙盒]',
  sandboxNote: '沙盒数据：这些数字来自内置的沙盒公司，不是真实账户。',
  objective: (title) => `目标：${title}`,
  values: ({ current, start, target }, write) =>
    `当前 ${write.value(current)}，起始 ${write.value(start)}，目标 ${write.value(target)}。`,
  progress: ({ progress, expected }, write) =>
    expected === null
      ? `进度 ${write.fraction(progress)}。`
      : `进度 ${write.fraction(progress)}，此时预期 ${write.fraction(expected)}。`,
  dataAge: (day, fetchedAt) =>
    fetchedAt === null ? `数据截至 ${day}。` : `数据截至 ${day}，获取于 ${fetchedAt}。`,
  noData: '尚无数据。',
  why: (reason) => `原因：${reason}`,
  rule: (rule) => `规则：${rule}`,
  owner: (owner) => `负责人：${owner}`,
  noOwner: '负责人：暂无',
  todoByReason: {
    far_behind_pace: '下一步：找出拖慢指标的原因，然后调整计划，或商定新的目标值。',
    behind_pace: '下一步：确认已安排的工作能否补上差距。',
    kept_far_too_little: '下一步：找出未达成的周期，看看它们有何共同点。',
    kept_too_little: '下一步：找出未达成的周期，看看它们有何共同点。',
  },
  todo: {
    'key_result.off_track': '下一步：打开该关键结果，查看变化，并在签到中写下计划。',
    'key_result.recovered': '下一步：无需操作。可在签到中记录是什么起了作用。',
    test: '下一步：无需操作。告警将发送到这里。',
  },
  open: '打开关键结果',
  stop: {
    'key_result.off_track': turnOff,
    'key_result.recovered': turnOff,
    test: '应请求发送，仅此一次。',
  },
};
