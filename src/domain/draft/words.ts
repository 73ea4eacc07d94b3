import type {
  Assumption,
  AssumptionCode,
  Bilingual,
  DraftProblem,
  ProblemCode,
  QuestionCode,
  RefusalCode,
  UnreadCode,
} from './types.ts';

/** A sentence with `{name}` where a value goes, in both languages. */
type Template = Bilingual;

export const assumptionWords: Readonly<Record<AssumptionCode, Template>> = {
  nps_mean_0_10: {
    en: 'Read as the mean of the answers from 0 to 10, not as the score from -100 to 100.',
    zh: '按 0 至 10 分回答的平均值理解，而不是 -100 至 100 的净推荐值。',
  },
  relative_not_points: {
    en: '{percent} % is taken of the baseline; these are not percentage points.',
    zh: '{percent}% 相对于基线计算，不是百分点。',
  },
  baseline_days: {
    en: 'The baseline is the value of the {days} days before the cycle starts.',
    zh: '基线取周期开始前 {days} 天的值。',
  },
  baseline_last_month: {
    en: 'The baseline is the last complete month before the cycle starts.',
    zh: '基线取周期开始前最近一个完整月份的值。',
  },
  baseline_mean_months: {
    en: 'The baseline is the mean of the {months} complete months before the cycle starts.',
    zh: '基线取周期开始前 {months} 个完整月份的平均值。',
  },
  baseline_last_release: {
    en: 'The baseline is the same number of days after the release before.',
    zh: '基线取上一次发布后相同天数内的值。',
  },
  baseline_same_period_last_year: {
    en: 'The baseline is the same period a year ago.',
    zh: '基线取去年同期的值。',
  },
  value_days: { en: 'Measured over the newest {days} days.', zh: '按最近 {days} 天计算。' },
  value_last_month: { en: 'The last complete month is compared.', zh: '比较最近一个完整月份。' },
  value_last_sprints: {
    en: 'The mean of the last {sprints} closed sprints.',
    zh: '取最近 {sprints} 个已结束迭代的平均值。',
  },
  value_months: {
    en: 'Measured over the last {months} complete months.',
    zh: '按最近 {months} 个完整月份计算。',
  },
  judged_within_days: { en: 'Counts what happens within {days} days.', zh: '只计 {days} 天内发生的。' },
  judged_within_hours: { en: 'Counts what happens within {hours} hours.', zh: '只计 {hours} 小时内发生的。' },
  trial_grace_days: {
    en: 'A trial counts as paid when the payment comes up to {days} days after its end.',
    zh: '试用结束后 {days} 天内付款即视为转化。',
  },
  retention_bracket: {
    en: 'Came back between day {fromDay} and day {toDay} after signing up.',
    zh: '注册后第 {fromDay} 至 {toDay} 天内回访。',
  },
  at_least_times: { en: 'At least {times} times per person.', zh: '每人至少 {times} 次。' },
  referral_attribution: {
    en: 'A customer is referred when their first payment carries a referral mark.',
    zh: '首次付款带有推荐标记的客户视为推荐客户。',
  },
  per_user_day: { en: 'Per user and day of use.', zh: '按每用户每使用日计算。' },
  per_viewer_month: { en: 'Per viewer and month.', zh: '按每观看者每月计算。' },
  ltv_margin_adjusted: {
    en: 'Revenue per customer × gross margin ÷ monthly customer churn.',
    zh: '每客户收入 × 毛利率 ÷ 月客户流失率。',
  },
  payback_of_acquisition: {
    en: 'Read as the payback of acquisition cost.',
    zh: '按获客成本的回收期理解。',
  },
  rating_since_release: {
    en: 'Only ratings given since the release count.',
    zh: '只计发布之后新增的评分。',
  },
  rating_of_store: {
    en: 'The rating of the chosen store and countries, weighted by the number of ratings.',
    zh: '取所选商店与国家的评分，按评分数加权。',
  },
  contraction_only: {
    en: 'Down-sell of customers who stay; full cancellations are churn.',
    zh: '只计留存客户的降级；完全取消属于流失。',
  },
  expansion_mrr: { en: 'Read as expansion of recurring revenue.', zh: '按经常性收入的扩展部分理解。' },
  mean_of_stores: {
    en: 'The mean of the stores’ rates, for stores with enough sessions.',
    zh: '取会话数足够的各店铺转化率的平均值。',
  },
  carts_not_people: { en: 'Counts carts, not people.', zh: '按购物车计，不按人计。' },
  customers_not_revenue: {
    en: 'Counts customers, not their revenue.',
    zh: '按客户数计，不按收入计。',
  },
  statistic: { en: 'The {stat} of the single times.', zh: '取各次时长的统计量：{stat}。' },
  tagged_entries: {
    en: 'Counts entries with the label “{label}”.',
    zh: '统计带有标签“{label}”的记录。',
  },
  calendar_quarter: {
    en: 'Q{quarter} is read as the quarter of the calendar year.',
    zh: 'Q{quarter} 按自然年的季度理解。',
  },
  periods_assumed: {
    en: 'No cycle is known, so a quarter is assumed: {periods} periods.',
    zh: '周期未知，按一个季度计：共 {periods} 期。',
  },
  extra_carries_over: {
    en: 'What is done beyond one period’s share counts for the others.',
    zh: '某一期超额完成的部分计入其他期。',
  },
  once_per_period: {
    en: 'Done or not, once per period; “{length}” is how long it is.',
    zh: '每期判断一次是否完成；“{length}”是其时长。',
  },
  equal_steps: { en: 'All {steps} steps weigh the same.', zh: '{steps} 个步骤权重相同。' },
  direction_assumed: {
    en: 'The text does not say which way; taken as {direction}.',
    zh: '文字未说明方向，按 {direction} 理解。',
  },
  bound_assumed: {
    en: 'The text does not say which side; taken as {operator}.',
    zh: '文字未说明上限或下限，按 {operator} 理解。',
  },
  number_read_as: { en: '“{written}” is read as {value}.', zh: '“{written}”读作 {value}。' },
  range_end_taken: {
    en: 'Of {low} to {high}, the target is {taken}.',
    zh: '在 {low} 至 {high} 之间，目标取 {taken}。',
  },
  magnitude_shared: {
    en: '“{written}” is read as {value}, like the number beside it.',
    zh: '“{written}”与另一数字同级，读作 {value}。',
  },
  unit_assumed: { en: 'The text names no unit; taken as {unit}.', zh: '文字未写单位，按 {unit} 理解。' },
  percent_assumed: { en: '“{written}” is read as {percent} %.', zh: '“{written}”读作 {percent}%。' },
  currency_assumed: { en: 'Currency taken as {currency}.', zh: '币种按 {currency} 理解。' },
  needs_formula: {
    en: 'Measured by a formula over two metrics: {formula}.',
    zh: '由两个指标的公式计算：{formula}。',
  },
  counted_from_zero: { en: 'Counted from zero within the cycle.', zh: '在周期内从零开始计数。' },
  target_over_change: {
    en: 'The text names both {target} and {percent} %; the target is what counts.',
    zh: '文字同时写了 {target} 与 {percent}%，以目标值为准。',
  },
};

export const problemWords: Readonly<Record<ProblemCode, Template>> = {
  start_equals_target: {
    en: 'Start and target are both {start}, so there is no way to go; to hold a value, say “keep at least {start}”.',
    zh: '起始值和目标值都是 {start}，没有可走的距离；如果要保持，请写“保持不低于 {start}”。',
  },
  direction_contradicts: {
    en: 'The words say {said}, but {target} lies on the other side of {start}: {target} - {start} = {difference}.',
    zh: '文字表示{said}，但 {start} 到 {target} 方向相反：{target} - {start} = {difference}。',
  },
  points_out_of_range: {
    en: '{start} {operator} {points} points = {result}, which a share between 0 % and 100 % cannot be; use a relative change or name the target.',
    zh: '{start} {operator} {points} 个百分点 = {result}，0% 至 100% 的比例不可能达到；请改用相对变化或写明目标值。',
  },
  points_need_percentage: {
    en: '{points} percentage points need a percentage, and this is none; name the start and the target.',
    zh: '{points} 个百分点只适用于百分比，而这里不是；请写明起始值和目标值。',
  },
  ratio_out_of_range: {
    en: '{value} lies outside of 0 % to 100 %, which this share cannot leave.',
    zh: '{value} 超出了 0% 至 100%，该比例不可能达到。',
  },
  rating_out_of_range: {
    en: '{value} lies outside of {min} to {max}, the scale of this metric.',
    zh: '{value} 超出了该指标的范围 {min} 至 {max}。',
  },
  falls_below_zero: {
    en: '100 % - {percent} % = {result} %: nothing falls below zero.',
    zh: '100% - {percent}% = {result}%：不可能降到零以下。',
  },
  count_not_positive: {
    en: 'A count goes up from 0, so its target must be above 0, and it is {target}.',
    zh: '计数从 0 开始，目标必须大于 0，而这里是 {target}。',
  },
  amount_without_start: {
    en: 'A change of {by} needs the value it starts from: write “from … to …”, or “by … %”.',
    zh: '变化 {by} 需要起始值：请写“从……到……”，或写百分比。',
  },
  no_change: {
    en: 'A change of 0 % has no way to go; to hold a value, say “keep at least …”.',
    zh: '0% 的变化没有可走的距离；如果要保持，请写“保持不低于……”。',
  },
  bounds_swapped: {
    en: 'The lower bound {lower} lies above the upper bound {upper}; swap them.',
    zh: '下限 {lower} 高于上限 {upper}，请对调。',
  },
  rhythm_not_supported: {
    en: 'Once every {every} × {unit} is no rhythm that can be judged; use a day, week, month or quarter.',
    zh: '无法按每 {every} 个 {unit} 判断；请使用每天、每周、每月或每季度。',
  },
};

export const questionWords: Readonly<Record<QuestionCode, Template>> = {
  flow_period: {
    en: 'Over which period are these totals counted?',
    zh: '这些总量是按哪个时间段统计的？',
  },
  falling_revenue: {
    en: 'What is it that falls? The sentence reads like a mistranslation of “down-sell”.',
    zh: '下降的是什么？这句话像是“down-sell（降级销售）”的误译。',
  },
  policy_or_share: {
    en: 'Is this a rule that is introduced once, or a share that is measured each month?',
    zh: '这是一次性推行的制度，还是每月统计的时间占比？',
  },
  nps_scale: {
    en: 'On which scale is this NPS?',
    zh: '这里的 NPS 采用哪种尺度？',
  },
};

export const unreadWords: Readonly<Record<UnreadCode, Template>> = {
  no_number: {
    en: 'It says which way but not how far: there is no number to measure. If it is an objective, put “Objective:” before it.',
    zh: '只说了方向，没有可衡量的数字。如果它是目标，请在前面写“目标：”。',
  },
  no_target: {
    en: 'It has a number, but it is not clear whether that is the target or the change: write “from … to …”, “to …” or “by … %”.',
    zh: '有数字，但看不出是目标值还是变化量：请写“从……到……”“达到……”或“……%”。',
  },
  start_without_target: {
    en: 'It says where it starts but not where it shall go: add “to …”.',
    zh: '写了起始值，没有写目标值：请补上“到……”。',
  },
  several_targets: {
    en: 'It promises several things at once: write each in a line of its own.',
    zh: '一句话里有多个承诺：请分行书写。',
  },
  no_pattern: {
    en: 'It stands where a Key Result should, but it is not clear what would be measured.',
    zh: '它位于关键结果的位置，但看不出要衡量什么。',
  },
  empty_label: { en: 'There is a label with nothing behind it.', zh: '只有标签，后面没有内容。' },
  line_too_long: { en: 'The line is longer than 2,000 characters.', zh: '该行超过 2,000 个字符。' },
};

export const refusalWords: Readonly<Record<RefusalCode, Template>> = {
  text_too_large: {
    en: 'The text has {found} bytes; at most {limit} can be read at once.',
    zh: '文本有 {found} 字节，一次最多读取 {limit} 字节。',
  },
  too_many_lines: {
    en: 'The text has {found} lines; at most {limit} can be read at once.',
    zh: '文本有 {found} 行，一次最多读取 {limit} 行。',
  },
};

type Values = Readonly<Record<string, string | number>>;

/** Both languages with the values in their places. */
export function fill(template: Template, values: Values): Bilingual {
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
  return { en: filled(template.en), zh: filled(template.zh) };
}

/** The sentence of an assumption, in both languages. */
export function assumptionText({ code, values }: Pick<Assumption, 'code' | 'values'>): Bilingual {
  const said = (language: keyof Bilingual): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        codeNames.has(name) ? (codeWords[String(value)]?.[language] ?? value) : value,
      ]),
    );
  const template = assumptionWords[code];
  return { en: fill(template, said('en')).en, zh: fill(template, said('zh')).zh };
}

/** Values that are codes themselves; the others are numbers, or the text's own words. */
const codeNames: ReadonlySet<string> = new Set(['direction', 'operator', 'stat', 'unit']);
const codeWords: Readonly<Record<string, Bilingual>> = {
  up: { en: 'an increase', zh: '提高' },
  down: { en: 'a decrease', zh: '降低' },
  at_least: { en: 'at least', zh: '至少' },
  at_most: { en: 'at most', zh: '至多' },
  mean: { en: 'mean', zh: '平均值' },
  median: { en: 'median', zh: '中位数' },
  minutes: { en: 'minutes', zh: '分钟' },
  hours: { en: 'hours', zh: '小时' },
  days: { en: 'days', zh: '天' },
  months: { en: 'months', zh: '月' },
  percent: { en: 'percent', zh: '百分比' },
  money: { en: 'money', zh: '金额' },
  duration: { en: 'a duration', zh: '时长' },
};

export function problem(code: ProblemCode, values: Values, zhValues: Values = values): DraftProblem {
  return {
    code,
    text: { en: fill(problemWords[code], values).en, zh: fill(problemWords[code], zhValues).zh },
  };
}
