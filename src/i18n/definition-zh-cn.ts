import type { definitionEn } from './definition-en.ts';

export const definitionZhCn: Record<keyof typeof definitionEn, string> = {
  'source.formula': '公式',
  'source.values': '推送的数值',
  'source.check_in': '签到',

  'guard.title': '护栏',
  'guard.rule': '{metric} {operator, select, at_least {不低于} other {不高于}} {bound}',
  'guard.rule_start': '{metric} 不{operator, select, at_least {低于} other {高于}}周期开始时的水平',
  'guard.kept': '护栏守住：{day} 为 {value}',
  'guard.broken': '护栏被突破：{day} 为 {value}',
  'guard.unknown': '护栏未知：{reason}',

  'override.title': '人工覆盖',
  'override.in_force': '在 {untilDay} 之前，以负责人给出的值代替来源的值。',
  'override.line': '{fromDay} 至 {untilDay} 取 {value}，由 {author} 给出：{reason}',
  'override.ended': '已于 {at} 结束',
  'override.automatic': '来源在 {day} 的值是 {value}。',
  'override.automatic_none': '来源没有定稿的值。',
  'override.somebody': '某人',

  'baseline.title': '基线',
  'baseline.captured':
    '{value}：{startDay} 至 {lastDay} 的{rule}，{count, plural, other {# 个数据点}}，采集于 {at}',
  'baseline.stated': '{value}，由 {author} 于 {at} 给出：{reason}',
  'baseline.given': '{value}，在创建关键结果时给出',
  'baseline.awaiting': '尚未采集：开始之前没有定稿的值。',
  'baseline.before': '以前的基线',
  'baseline.rule': '规则',
  'baseline.rule.usual': '与比较方式相符',
  'baseline.rule.as_compared': '开始前的比较值',
  'baseline.rule.last_value': '开始前的最新值',
  'baseline.rule.trailing_mean': '开始前的平均值',
  'baseline.rule.stated': '由负责人给出',
  'baseline.frozen': '为采集时的数值；之后的变化不影响基线。',

  'definition.waiting': '其指标的第 {version} 版等待接受{hasReason, select, yes {：{reason}} other {。}}',
  'definition.text': '原文',
  'definition.assumed': '假设',
  'definition.inputs': '由以下指标组成',
  'definition.versions': '版本',
  'definition.brought': '提供者',
  'definition.why': '无值原因',
  'definition.on_old': '现在',
  'definition.on_new': '采用新版后',
  'definition.jump': '{day}：{old} 变为 {new}（{difference}，{percent}）',
  'definition.jump_none': '新序列还没有与旧序列共有的定稿日期。',
  'definition.overlap':
    '{days, plural, other {# 天}}的平均值：{old} 变为 {new}（{difference}，{percent}）；其中 {differing} 天不同',
  'definition.baseline_old': '其基线 {value} 是在旧版上测得的。接受时加 --recapture 可在新版上重新测量。',
  'definition.cannot': '不能接受：{problem}',
};
