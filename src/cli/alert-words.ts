import type { Lang } from './settings.ts';

type AlertKind = 'off_track' | 'no_data' | 'error' | 'check_in_due';
type ToldState = 'nothing' | 'assumed' | 'firing' | 'over';
type SaidState = 'waiting' | 'composed' | 'dropped';

const times = (count: number): string =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${new Intl.NumberFormat('en').format(count)} times`;
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`;

const en = {
  alert: 'About',
  severity: 'Severity',
  fired: 'Fired',
  ended: 'Ended',
  because: 'Because',
  owner: 'Owner',
  reason: 'Reason',
  until: 'Until',
  covers: 'Silences',
  next: 'Next attempt',
  took: 'Took',
  answer: 'Answer',
  borders: 'Fires below / ends above',
  repeats: 'Repeats',
  message: 'Message',
  told: 'Told',
  verdict: 'Verdict',
  ahead: 'Days ahead',
  acknowledged: 'Acknowledged',
  quiet: 'Quiet hours',
  days: 'Days',
  digest: 'Digest',
  hears: 'Hears of',
  owners: 'Owned by',
  warnings: 'Warnings',
  perDay: 'At once, a day',
  wait: 'Waits for others',
  interval: 'Least time between',
  delivered: 'delivered',
  never: 'never',
  everything: 'everything',
  messages: 'Messages',
  stillOn: 'still on',
  kindOf: {
    off_track: 'Off track',
    no_data: 'No data',
    error: 'Source fails',
    check_in_due: 'Check-in due',
  } as Record<AlertKind, string>,
  severityOf: { warning: 'warning', critical: 'critical' },
  toldAs: {
    nothing: 'nothing yet',
    assumed: 'fired before it was added',
    firing: 'told that it fired',
    over: 'knows that it is over',
  } as Record<ToldState, string>,
  messageIs: {
    waiting: 'waits',
    composed: 'in a message',
    dropped: 'dropped: over before anybody was told',
  } as Record<SaidState, string>,
  inDigest: 'waits for the digest',
  verdictOf: { rightly: 'rightly', wrongly: 'in vain', open: 'open' },
  whySkipped: {
    not_measured: 'no metric measures it',
    too_many: 'too many days at once: try it by itself, or from a later day',
  } as Record<string, string>,
  nobodyTold: 'Nobody was told of it.',
  acknowledgedBy: (by: string, age: string, note: string) =>
    `by ${by}, ${age} ago${note === '' ? '' : `: ${note}`}`,
  acknowledgedNow: (subject: string) =>
    `${subject}: acknowledged. It is not repeated unless it gets worse, or ends and begins anew.`,
  withdrawn: (subject: string) =>
    `${subject}: nobody takes care of it any more, so it is repeated as before.`,
  snoozed: (what: string, until: string, id: string) =>
    `Silent until ${until}: ${what}. What still burns then is said once. End it with: tidemark alert unsnooze ${id}`,
  unsnoozed: (what: string) => `No longer silent: ${what}.`,
  noSnoozes: 'Nothing is silenced.',
  objectiveNamed: (key: string) => `objective ${key}`,
  ownedBy: (owner: string) => `owned by ${owner}`,
  channelChanged: (key: string) => `The channel ${key} is changed.`,
  events: 'Events',
  newSecret: (secret: string) => `New signing secret: ${secret}`,
  bothSign: (until: string) =>
    `It is shown this once. Until ${until} every message is signed with the old secret too; from then on with this one alone.`,
  sentAgain: (id: string, channel: string) => `${id} is sent to ${channel} once more, under the same id.`,
  noSettings: (key: string) => `${key} takes progress back as events and has nothing to set.`,
  repeatEvery: (days: number) => counted(days, 'day'),
  cadence: (key: string, days: number, isUsual: boolean) =>
    `${key}: after ${counted(days, 'day')} without a check-in somebody is asked${isUsual ? ', as usual' : ''}.`,
  nothingToSay: (channel: string) =>
    `There is nothing to say: ${channel} would be sent no digest now, for an empty one is not sent.`,
  ownerIs: (key: string, owner: string | null) =>
    owner === null
      ? `${key}: nobody in particular hears of it when it fails.`
      : `${key}: ${owner} hears of it when it fails.`,
  connectionChanged: (key: string) => `Connection ${key} is changed.`,
  newestTries: (shown: number, all: number) => `The newest ${shown} of ${all} attempts.`,
  tried: ({ ahead, alerts, open, rightly, since, wrongly }: Trial) => {
    if (alerts === 0) return `Would not have alerted since ${since}.`;
    const middle = rightly > 1 ? ' in the middle' : '';
    const parts = [
      rightly > 0 ? `${times(rightly)} rightly, ${counted(ahead ?? 0, 'day')} ahead${middle}` : '',
      wrongly > 0 ? `${times(wrongly)} in vain` : '',
      open > 0 ? `${times(open)} with the end still open` : '',
    ];
    return `Would have alerted ${times(alerts)} since ${since}: ${parts.filter((part) => part !== '').join('; ')}.`;
  },
  missedWithout: (count: number) =>
    `${counted(count, 'Key Result')} ${count === 1 ? 'was' : 'were'} missed without a word.`,
  looked: (count: number) => `Looked at ${counted(count, 'Key Result')}.`,
  leftOut: (key: string, why: string) => `Left out: ${key} (${why}).`,
};

/** How a rule would have done; `ahead` is the median of the days ahead of those that were right. */
export type Trial = {
  alerts: number;
  rightly: number;
  wrongly: number;
  open: number;
  ahead: number | null;
  since: string;
};
export type AlertWords = typeof en;

const zhCn: AlertWords = {
  alert: '对象',
  severity: '严重程度',
  fired: '触发',
  ended: '结束',
  because: '原因',
  owner: '负责人',
  reason: '理由',
  until: '截止',
  covers: '静默范围',
  next: '下次尝试',
  took: '用时',
  answer: '应答',
  borders: '低于则触发 / 高于则结束',
  repeats: '重复提醒',
  message: '消息',
  told: '已告知',
  verdict: '结论',
  ahead: '提前天数',
  acknowledged: '已确认',
  quiet: '免打扰',
  days: '工作日',
  digest: '摘要',
  hears: '接收内容',
  owners: '只限负责人',
  warnings: '一般警告',
  perDay: '每日即时上限',
  wait: '等待合并',
  interval: '最短间隔',
  delivered: '已送达',
  never: '从不',
  everything: '全部',
  messages: '消息',
  stillOn: '仍在持续',
  kindOf: { off_track: '偏离目标', no_data: '无数据', error: '数据源失败', check_in_due: '待更新进展' },
  severityOf: { warning: '警告', critical: '严重' },
  toldAs: {
    nothing: '尚未告知',
    assumed: '添加渠道前已触发',
    firing: '已告知触发',
    over: '已知结束',
  },
  messageIs: {
    waiting: '等待中',
    composed: '已写入消息',
    dropped: '已取消：告知前便已结束',
  },
  inDigest: '等待摘要',
  verdictOf: { rightly: '正确', wrongly: '虚惊', open: '未定' },
  whySkipped: {
    not_measured: '没有指标衡量它',
    too_many: '一次计算的天数过多：请单独试算，或从更晚的日期开始',
  },
  nobodyTold: '尚未告知任何渠道。',
  acknowledgedBy: (by, age, note) => `${by}，${age}前${note === '' ? '' : `：${note}`}`,
  acknowledgedNow: (subject) => `${subject}：已确认。除非恶化，或结束后再次触发，否则不再重复提醒。`,
  withdrawn: (subject) => `${subject}：已撤销确认，恢复重复提醒。`,
  snoozed: (what, until, id) =>
    `${what}：静默至 ${until}。届时若仍在告警，会提醒一次。提前结束：tidemark alert unsnooze ${id}`,
  unsnoozed: (what) => `${what}：已结束静默。`,
  noSnoozes: '当前没有静默。',
  objectiveNamed: (key) => `目标 ${key}`,
  ownedBy: (owner) => `由 ${owner} 负责的`,
  channelChanged: (key) => `已更改通知渠道 ${key}。`,
  events: '事件',
  newSecret: (secret) => `新的签名密钥：${secret}`,
  bothSign: (until) => `密钥仅显示这一次。${until} 之前，每条消息同时用旧密钥签名；之后只用新密钥。`,
  sentAgain: (id, channel) => `已将 ${id} 重新发送至 ${channel}，标识不变。`,
  noSettings: (key) => `${key} 以事件形式回写进度，没有可设置的内容。`,
  repeatEvery: (days) => `${days} 天`,
  cadence: (key, days, isUsual) =>
    `${key}：超过 ${days} 天未更新进展时提醒负责人${isUsual ? '（默认）' : ''}。`,
  nothingToSay: (channel) => `没有可写的内容：空摘要不会发送，${channel} 现在不会收到摘要。`,
  ownerIs: (key, owner) =>
    owner === null ? `${key}：失败时不通知特定的人。` : `${key}：失败时通知 ${owner}。`,
  connectionChanged: (key) => `已更改连接 ${key}。`,
  newestTries: (shown, all) => `共 ${all} 次尝试，仅列出最近 ${shown} 次。`,
  tried: ({ ahead, alerts, open, rightly, since, wrongly }) => {
    if (alerts === 0) return `自${since}以来不会告警。`;
    const parts = [
      rightly > 0 ? `${rightly} 次正确，${rightly > 1 ? '中位数' : ''}提前 ${ahead ?? 0} 天` : '',
      wrongly > 0 ? `${wrongly} 次虚惊` : '',
      open > 0 ? `${open} 次尚无定论` : '',
    ];
    return `自${since}以来会告警 ${alerts} 次：${parts.filter((part) => part !== '').join('；')}。`;
  },
  missedWithout: (count) => `有 ${count} 个关键结果未达成，却没有任何告警。`,
  looked: (count) => `共试算 ${count} 个关键结果。`,
  leftOut: (key, why) => `未试算：${key}（${why}）。`,
};

/** What the commands about alerts say; sentences about numbers come from `src/i18n`. */
export function alertWordsOf(lang: Lang): AlertWords {
  return lang === 'zh-CN' ? zhCn : en;
}
