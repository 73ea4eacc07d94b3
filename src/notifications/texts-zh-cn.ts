import type { Texts } from './texts.ts';

const inARow = (count: number): string => (count === 1 ? '1 个评估日' : `连续 ${count} 个评估日`);
const nothing = '无需操作。';

export const zhCn: Texts = {
  colon: '：',
  label: {
    objective: '目标',
    value: '当前值',
    progress: '进度',
    since: '起始日',
    why: '原因',
    chance: '达成概率',
    final: '期末预测',
    needed: '所需速度',
    data: '数据',
    rule: '规则',
    affects: '影响',
    meanwhile: '在此期间',
    owner: '负责人',
    next: '下一步',
  },
  headline: {
    'key_result.off_track': (title) => `偏离目标：${title}`,
    'key_result.still_off_track': (title) => `仍偏离目标：${title}`,
    'key_result.got_worse': (title) => `偏离加剧：${title}`,
    'key_result.recovered': (title) => `不再偏离目标：${title}`,
    'key_result.achieved': (title) => `已达成：${title}`,
    'key_result.missed': (title) => `未达成：${title}`,
    'key_result.check_in_due': (title) => `该签到了：${title}`,
    'key_result.no_data': (title) => `没有收到数据：${title}`,
    'key_result.data_back': (title) => `重新收到数据：${title}`,
    'connection.no_data': (title) => `数据来源没有数据：${title}`,
    'connection.data_back': (title) => `数据来源恢复供数：${title}`,
    'connection.failing': (title) => `同步失败：${title}`,
    'connection.working': (title) => `同步恢复正常：${title}`,
  },
  andMore: (headline, count) => `${headline}（另有 ${count} 项）`,
  sandboxTag: '[沙盒]',
  sandboxNote: '沙盒数据：这些数字来自内置的沙盒公司，不是真实账户。',
  values({ current, start, target }, write) {
    const rest = [
      target === null ? null : `目标值 ${write.value(target)}`,
      start === null ? null : `起始值 ${write.value(start)}`,
    ].filter((part) => part !== null);
    const now = current === null ? '尚无数值' : write.value(current);
    return rest.length === 0 ? now : `${now}（${rest.join('，')}）`;
  },
  progress: (progress, expected, write) =>
    expected === null
      ? write.fraction(progress)
      : `${write.fraction(progress)}，此时预期 ${write.fraction(expected)}`,
  since: (day, count) => (count < 1 ? day : `${day}（已 ${count} 天）`),
  chance: (now, weekAgo) => (weekAgo === null ? now : `${now}，一周前 ${weekAgo}`),
  final({ deadlineDay, p10, p50, p90 }, target, write) {
    const range = `到 ${deadlineDay} 预计 ${write.value(p50)}，八成可能在 ${write.value(p10)} 至 ${write.value(p90)} 之间`;
    return target === null ? range : `${range}；目标值 ${write.value(target)}`;
  },
  needed(needed, recent, step) {
    const per = { hour: '每小时', day: '每天', week: '每周', month: '每月' }[step];
    if (needed === null) return `近期${per} ${recent}`;
    const now = `从现在起${per} ${needed}`;
    return recent === null ? now : `${now}，近期${per} ${recent}`;
  },
  data(state, throughDay, daysOld, fetchedAt) {
    const age = daysOld < 1 ? '' : `，已过 ${daysOld} 天`;
    const fetched = fetchedAt === null ? '' : `，获取于 ${fetchedAt}`;
    return `${state === null ? '' : `${state}，`}截至 ${throughDay}${age}${fetched}`;
  },
  noData: '尚无数据',
  rule: ({ by, forEvaluations, keepFiringEvaluations }, fireBelow, clearAbove) =>
    by === 'chance'
      ? `${inARow(forEvaluations)}达成概率低于 ${fireBelow} 时通知；${inARow(keepFiringEvaluations)}高于 ${clearAbove} 时结束`
      : `${inARow(forEvaluations)}进度偏离时通知；${inARow(keepFiringEvaluations)}不再偏离时结束（历史数据太少，无法估算概率）`,
  affects(titles, others) {
    if (titles.length === 0) return `${others} 个关键结果`;
    return others === 0 ? titles.join('；') : `${titles.join('；')}；另有 ${others} 个`;
  },
  meanwhile: '关键结果保留最近一次状态及其日期，偏离告警暂缓发送。',
  noOwner: '暂无',
  next: {
    'key_result.off_track': '打开该关键结果，查看变化，并在签到中写下计划。',
    'key_result.still_off_track': '在签到中写明接下来的调整，或确认此告警以暂停提醒。',
    'key_result.got_worse': '决定是否需要调整计划或目标值，并写入签到。',
    'key_result.recovered': `${nothing}可在签到中记录是什么起了作用。`,
    'key_result.achieved': `${nothing}可记录是什么起了作用，供下个周期参考。`,
    'key_result.missed': '记录这次的经验，供下个周期参考。',
    'key_result.check_in_due': '在签到中填写当前值和信心程度。',
    'key_result.no_data': '检查发送该指标的程序，并补发缺失的日期。',
    'key_result.data_back': nothing,
    'connection.no_data': '先确认来源中是否已有最近几天的数据，再打开该连接查看。',
    'connection.data_back': nothing,
    'connection.failing': '打开该连接，查看最近一次同步报告的问题。',
    'connection.working': nothing,
  },
  nextBy: {
    far_behind_pace: '找出拖慢指标的原因，然后调整计划，或商定新的目标值。',
    behind_pace: '确认已安排的工作能否补上差距。',
    kept_far_too_little: '找出未达成的周期，看看它们有何共同点。',
    kept_too_little: '找出未达成的周期，看看它们有何共同点。',
    needs_reauth: '为该连接输入新的密钥。',
    auth: '为该连接输入新的密钥。',
    misconfigured: '修正该连接的配置。',
    config: '修正该连接的配置。',
    transient: '请稍候，同步会自动重试。如果一直如此，请查看数据提供方的状态页面。',
  },
  chartOf: (title) => `${title} 的图表：历史、目标值、预期进度与预测`,
  open: { key_result: '打开关键结果', connection: '打开数据连接', app: '打开 Tidemark' },
  acknowledge: '确认告警',
  snooze: '暂停提醒',
  stop: {
    alert: '如不想再收到此类消息，请确认或暂停此告警，或关闭其规则，或停用此通道。',
    alert_without_links: '如不想再收到此类消息，请关闭该关键结果的告警规则，或停用此通道。',
    check_in: '如不想再收到此类提醒，请完成签到，或调整该关键结果的签到频率。',
    connection: '如不想再收到此类消息，请修复或暂停该连接，或停用此通道。',
    digest: '如不想再收到此摘要，请在此通道中关闭它。',
    test: '应请求发送，仅此一次。',
  },
  workspace: (name) => `工作区：${name}`,
  digest: {
    daily: (fromDay, throughDay) =>
      fromDay === throughDay ? `每日摘要（${throughDay}）` : `每日摘要（${fromDay} 至 ${throughDay}）`,
    weekly: (fromDay, throughDay) => `每周摘要（${fromDay} 至 ${throughDay}）`,
    withCounts: (title, counts) => `${title}：${counts.join('，')}`,
    missed: (count) => `其间有 ${count} 次摘要未发送。本摘要涵盖上次摘要以来的每一天。`,
    section: {
      newly_off_track: '新偏离目标',
      got_worse: '偏离加剧',
      still_off_track: '仍偏离目标',
      recovered: '不再偏离目标',
      achieved: '已达成',
      missed: '未达成',
      no_data: '没有数据',
      data_back: '数据已恢复',
      check_in_due: '该签到了',
    },
    count: {
      newly_off_track: (count) => `新偏离目标 ${count} 项`,
      got_worse: (count) => `偏离加剧 ${count} 项`,
      still_off_track: (count) => `仍偏离目标 ${count} 项`,
      recovered: (count) => `已恢复 ${count} 项`,
      achieved: (count) => `已达成 ${count} 项`,
      missed: (count) => `未达成 ${count} 项`,
      no_data: (count) => `没有数据 ${count} 项`,
      data_back: (count) => `数据已恢复 ${count} 项`,
      check_in_due: (count) => `待签到 ${count} 项`,
    },
    empty: '没有新情况',
  },
  more: (count) => `另有 ${count} 项，请在 Tidemark 中查看。`,
  test: {
    headline: 'Tidemark 测试消息',
    body: '此通道工作正常。告警、提醒和摘要将发送到这里。',
  },
};
