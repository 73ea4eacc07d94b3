import type { accountEn } from './account-en.ts';

export const accountZhCn: Record<keyof typeof accountEn, string> = {
  'account.time_zone': '日期划分时区',
  'account.currency': '账户货币',
  'account.unknown': '未知',
  'notice.days_differ': '日期按 {accountZone} 划分，而工作区使用 {workspaceZone}。',
  'notice.metric_zone_differs': '服务商按 {accountZone} 划分日期，而这个指标使用 {metricZone} 的日期。',
  'notice.zone_changed':
    '服务商已将账户时区从 {from} 改为 {to}（发现于 {changedDay}）：已保存的日期按旧时区划分，之后的按新时区划分。',
  'notice.currency_differs': '账户货币是 {accountCurrency}，而这个指标按 {metricCurrency} 计算。',
  'notice.not_asked': '无法询问 {connection} 能否回答这个定义，因此尚未检查；首次读取时便知。{why}',
};
