import type { Stage, WindowRule } from '../domain/catalog/types.ts';
import type { metricsEn, sourcesEn, unitsEn } from './catalog-en.ts';

/** The same metrics and the same parameters as in English; one that is missing does not compile. */
type MetricTexts = {
  [Key in keyof typeof metricsEn]: {
    title: string;
    definition: string;
    reading: string;
    params: Record<keyof (typeof metricsEn)[Key]['params'], string>;
  };
};

const more = '越高越好。';
const less = '越低越好。';

const minCohort = { minCohort: '人数少于此值时不给出数值，以免结果取决于偶然。' };
const passive = { passiveEvents: '发生在用户身上而非用户主动做出的事件；不会使任何人算作活跃。' };
const active = { activeEvent: '使人算作活跃的事件；“*”表示任意事件。', ...passive };
const gap = {
  gapMinutes: '由事件推算会话时，间隔达到这么多分钟即开始新的会话。',
  ...passive,
};
const clock = { clock: '天数按每人自己的起点以小时滚动计算（rolling），还是按时区的日历计算（calendar）。' };
const signup = { signupEvent: '表示注册的事件；以首次为准。' };
const steps = {
  steps: '按顺序排列的各步骤事件；中间可以夹有其他事件。',
  withinHours: '从第一步起，最后一步在多少小时内完成仍算数。',
};
const discount = {
  discountPolicy: '哪些折扣会降低收入：周期性折扣（默认）、永久折扣、全部折扣，或不计折扣。',
};
const survey = {
  dedupe: '每位受访者只取最近一次回答，还是每次回答都算。',
  minResponses: '回答少于此数时不给出数值。',
};
const types = { bugTypes: '您的跟踪系统中表示缺陷的类型。', featureTypes: '您的跟踪系统中表示功能的类型。' };
const stat = '用哪个数代表全部：均值（mean）、中位数（median），或 85% 不超过的值（p85）。';

export const metricsZhCn: MetricTexts = {
  new_users: {
    title: '新用户',
    definition: '在窗口内有史以来第一次注册的人数。',
    reading: `${more}按人计数，再次注册的人不算新用户。`,
    params: signup,
  },
  active_users: {
    title: '活跃用户',
    definition: '窗口内至少有一次活跃事件的不同人数。',
    reading: `${more}各窗口不可相加：在两个窗口中出现的仍是同一个人。`,
    params: active,
  },
  funnel_conversion: {
    title: '漏斗转化率',
    definition: '在已到期的、走出第一步的人中，按顺序走完所有步骤的人所占比例。',
    reading: `${more}它会滞后，滞后时间等于给每个人的期限。`,
    params: { ...steps, ...minCohort },
  },
  dropoff_rate: {
    title: '流程流失率',
    definition: '开始后未能按时走到最后一步的人所占比例，即 1 减漏斗转化率。',
    reading: `${less}它只说明一个流程，与客户流失无关。`,
    params: { ...steps, ...minCohort },
  },
  trial_to_paid_rate: {
    title: '试用转付费率',
    definition: '在已到期的试用者中，于规定天数内付费的人所占比例。',
    reading: `${more}仍在试用的人不计入，即使其已经付费。`,
    params: {
      trialEvent: '表示试用开始的事件；以每人的首次为准。',
      paidEvent: '表示已付费的事件。',
      withinDays: '试用开始后多少天内转化仍算数：试用期加宽限期。',
      trialEndProperty: '试用事件中记录实际结束时间的属性，用于延长过的试用。',
      graceDays: '实际结束后多少天内转化仍算数。',
      ...minCohort,
    },
  },
  activation_rate: {
    title: '激活率',
    definition: '新用户中，在最初几天内完成足够多次激活行为的人所占比例。',
    reading: `${more}最初几天尚未结束的人不计入。`,
    params: {
      ...signup,
      event: '体现产品价值的事件。',
      minCount: '该事件至少要发生多少次。',
      distinctProperty: '按此属性的不同取值计数，把同一内容保存三次只算一次。',
      withinDays: '给新用户多少天。',
      ...clock,
      ...minCohort,
    },
  },
  onboarding_completion_rate: {
    title: '引导完成率',
    definition: '新用户中，在最初几天内以任意顺序完成全部必要步骤的人所占比例。',
    reading: `${more}之后增加步骤须建立新定义，否则旧用户会降为零。`,
    params: {
      ...signup,
      requiredSteps: '完整引导所包含的事件。',
      withinDays: '给新用户多少天。',
      ...clock,
      ...minCohort,
    },
  },
  retention: {
    title: '留存率',
    definition: '群组中，在所询问的时间段内回来的人，占该时间段已结束者的比例。',
    reading: `${more}同一数据的不同算法差别很大，只可比较相同的算法。`,
    params: {
      startEvent: '使人进入群组的事件。',
      returnEvent: '算作回来的事件；“*”表示任意事件。',
      ...passive,
      firstTimeOnly: '以有史以来首次开始事件划分群组，还是以窗口内首次为准。',
      criterion:
        '何时回来才算：在天数区间内（bracket）、恰在某一单位内（on），或在其中及以后（on_or_after）。',
      bracketDays: '区间的第一天和最后一天，从起点算起。',
      unit: '不使用区间时的时间单位。',
      n: '起点之后的第几个单位。',
      ...clock,
      weekStart: '日历上一周的第一天。',
      roundTo: '比较前是否把时间截到整点，有一种分析工具如此处理。',
      average: '按人加权（pooled），还是各群组同权（simple）。',
      cohortUnit: '简单平均时，一个群组有多长。',
      ...minCohort,
    },
  },
  stickiness: {
    title: '粘性',
    definition: '平均每日活跃人数，除以这些天内的全部不同人数。',
    reading: `${more}无人活跃的日子按零计。`,
    params: { ...active, ...minCohort },
  },
  frequency_rate: {
    title: '高频用户占比',
    definition: '窗口内活跃的不同人中，至少在指定天数内活跃过的人所占的比例。',
    reading: `${more}窗口越长数值越高：请比较长度相同的窗口。`,
    params: { ...active, minDays: '需要在多少天内活跃过。', ...minCohort },
  },
  session_count: {
    title: '会话数',
    definition: '在窗口内开始的会话数。',
    reading: `${more}一个人的多次会话看起来与多个人各一次相同。`,
    params: gap,
  },
  sessions_per_user_day: {
    title: '每用户每日会话数',
    definition: '会话数除以用户日数；一个人在一个本地日有会话即为一个用户日。',
    reading: `${more}若除以整个窗口的人数，会得到另一个更大的数。`,
    params: { ...gap, ...minCohort },
  },
  time_in_app_per_user_day: {
    title: '每用户每日使用时长',
    definition: '全部会话的分钟数除以用户日数。',
    reading: `${more}除非产品的目的就是节省时间。`,
    params: { ...gap, ...minCohort },
  },
  avg_session_minutes: {
    title: '会话时长',
    definition: '全部会话的分钟数除以会话数。',
    reading: `${more}只有一个事件的会话时长为零。`,
    params: { ...gap, ...minCohort },
  },
  mrr: {
    title: '月度经常性收入（MRR）',
    definition: '当日结束时有效的所有订阅折合为一个月的经常性收入。',
    reading: `${more}不含试用、一次性收费、用量费和税。`,
    params: discount,
  },
  net_revenue: {
    title: '净收入',
    definition: '窗口内收到的款项，减去退款和败诉的争议，各按其发生时间计入。',
    reading: `${more}对旧付款的退款会降低当前窗口。`,
    params: { excludeTax: '是否扣除付款中的税。' },
  },
  refunds: {
    title: '退款',
    definition: '窗口内因退款和败诉的争议退回的款项，以正数表示。',
    reading: `${less}按款项退回的时间计入，无论原付款有多早。`,
    params: { excludeTax: '是否扣除退款中的税。' },
  },
  arr: {
    title: '年度经常性收入（ARR）',
    definition: '当日结束时 MRR 的十二倍。',
    reading: `${more}它只是把当月写成一年，并非预测。`,
    params: discount,
  },
  paying_customers: {
    title: '付费客户',
    definition: '当日结束时 MRR 大于零的客户数。',
    reading: `${more}试用中或享受全额折扣的客户还不算。`,
    params: discount,
  },
  new_paying_customers: {
    title: '新付费客户',
    definition: '窗口内 MRR 有史以来首次大于零的客户数。',
    reading: `${more}回归的客户不算新客户；获客成本即以此数为分母。`,
    params: discount,
  },
  arpa: {
    title: '每客户平均收入（ARPA）',
    definition: '当日结束时的 MRR 除以付费客户数。',
    reading: `${more}失去小客户也会使其上升。`,
    params: discount,
  },
  mrr_movements: {
    title: 'MRR 变动',
    definition: 'MRR 从期初到期末的变化：新增、扩张、重新激活、收缩和流失。',
    reading: '各项变动的净额越高越好；每一部分都列在旁边。',
    params: discount,
  },
  mrr_new: {
    title: '新增 MRR',
    definition: '从未付过费的客户在窗口内首次付费带来的 MRR。',
    reading: more,
    params: discount,
  },
  mrr_expansion: {
    title: '扩张 MRR',
    definition: '现有客户在窗口内通过席位、套餐、附加项或折扣到期增加的 MRR。',
    reading: `${more}即每月的增购收入。`,
    params: discount,
  },
  mrr_contraction: {
    title: '收缩 MRR',
    definition: '留下来的客户在窗口内减少的 MRR。',
    reading: `${less}完全离开的客户属于流失，不在其中。`,
    params: discount,
  },
  mrr_churn: {
    title: '流失 MRR',
    definition: '窗口内降为零的客户的 MRR，在其付费期结束时记账。',
    reading: less,
    params: discount,
  },
  mrr_reactivation: {
    title: '重新激活 MRR',
    definition: '曾经的客户再次付费带来的 MRR，不论离开多久。',
    reading: more,
    params: discount,
  },
  nrr: {
    title: '净收入留存率',
    definition: '期初客户在期末支付的金额，除以其期初支付的金额。',
    reading: `${more}高于 100% 表示现有客户自身在增长；宜按十二个月来看。`,
    params: discount,
  },
  grr: {
    title: '总收入留存率',
    definition: '同净收入留存率，但每位客户最多按其期初金额计算。',
    reading: `${more}不会超过 100%，因此一位客户的增长掩盖不了另一位的损失。`,
    params: discount,
  },
  gross_mrr_churn_rate: {
    title: '总 MRR 流失率',
    definition: '窗口内流失和收缩的 MRR，除以期初 MRR。',
    reading: less,
    params: discount,
  },
  net_mrr_churn_rate: {
    title: '净 MRR 流失率',
    definition: '流失和收缩的 MRR 减去扩张和重新激活，再除以期初 MRR。',
    reading: `${less}低于零表示现有客户在增长；它不等于 1 减净收入留存率。`,
    params: discount,
  },
  logo_churn_rate: {
    title: '客户流失率',
    definition: '期初客户中，到期末不再付费的比例。',
    reading: `${less}按客户数计算，不分大小。`,
    params: {
      ...discount,
      method: '如何统计流失：按期初客户（cohort）、按变动（events），或按 Stripe 的方式（stripe）。',
    },
  },
  ltv: {
    title: '客户终身价值（LTV）',
    definition: '由每客户收入和流失率得出的、一位客户在离开前带来的金额。',
    reading: `${more}流失很低时，它会变得很大也很不确定。`,
    params: {
      formula: '使用哪个公式；各公式结果不同。',
      assumedMinChurn: '没有测得流失或流失更低时所假定的流失率。',
      maxLifetimeMonths: '认可的最长寿命，以月计。',
    },
  },
  cac: {
    title: '获客成本（CAC）',
    definition: '同一时期的销售和市场支出除以新增付费客户数。',
    reading: `${less}若只计媒体支出，则为付费 CAC，数值较低。`,
    params: {},
  },
  cac_payback_months: {
    title: 'CAC 回收期',
    definition: '需要多少个月的毛利才能收回获得一位新客户的成本。',
    reading: less,
    params: {},
  },
  gross_margin: {
    title: '毛利率',
    definition: '收入扣除销售成本后剩余的比例。',
    reading: `${more}此处的收入是会计确认的收入，不是 MRR。`,
    params: {},
  },
  referral_revenue: {
    title: '推荐收入',
    definition: '窗口内被推荐客户的付款，不含税并减去退款。',
    reading: more,
    params: {},
  },
  referral_new_mrr: {
    title: '推荐带来的新增 MRR',
    definition: '被推荐客户的新增 MRR。',
    reading: `${more}他们之后增加的部分属于扩张，不在其中。`,
    params: discount,
  },
  share_rate: {
    title: '分享率',
    definition: '窗口内活跃用户中至少分享过一次的人所占比例。',
    reading: more,
    params: { shareEvent: '表示分享的事件。', ...active, ...minCohort },
  },
  nps: {
    title: 'NPS（净推荐值）',
    definition: '回答 9 和 10 的百分比减去回答 0 到 6 的百分比，介于 -100 到 100。',
    reading: `${more}它与平均分是不同的尺度，二者不能互相换算。`,
    params: survey,
  },
  nps_average: {
    title: '推荐意愿平均分',
    definition: '0 到 10 分回答的平均值。',
    reading: `${more}“从 8.0 到 9.5”这类目标指的是它，而不是 NPS。`,
    params: survey,
  },
  csat: {
    title: '客户满意度（CSAT）',
    definition: '正面回答所占的比例。',
    reading: `${more}没有回答的人不计入。`,
    params: {
      scale: '回答是数字（numbers），还是好与坏（good_bad）。',
      scaleMax: '量表的最高分。',
      positiveFrom: '算作正面的最低分。',
      ...survey,
    },
  },
  store_rating: {
    title: '应用商店评分',
    definition: '各国评分按评分数量加权的平均值。',
    reading: `${more}商店评分是历史累计值，除非被重置，否则变化缓慢。`,
    params: {
      countries: '参与计算的国家；未指定时为全部。',
      minRatings: '评分数量少于此值时不给出数值。',
    },
  },
  store_rating_delta: {
    title: '发布以来的评分',
    definition: '由前后两个累计值得出的、某一时刻之后新增评分的平均值。',
    reading: `${more}新增评分很少时并不可靠，因为商店公布的是舍入后的值。`,
    params: { minRatings: '新增评分少于此数时不给出数值。' },
  },
  review_acceptance_rate: {
    title: '愿意留下评价的比例',
    definition: '被邀请评价的人中接受邀请者所占比例。',
    reading: more,
    params: { promptEvent: '表示被邀请的事件。', acceptEvent: '表示接受的事件。', ...minCohort },
  },
  support_requests_per_user_month: {
    title: '每用户每月支持请求数',
    definition: '窗口内提出的请求数除以同一窗口的活跃用户数。',
    reading: `${less}垃圾信息、被合并的工单和后续工单都不单独计数。`,
    params: { normalise: '按实际月份计算（none），还是折算为三十天（30d）。' },
  },
  tagged_ticket_count: {
    title: '带标签的工单数',
    definition: '窗口内提出的、带有该标签的请求数。',
    reading: `${less}它会随用户数增长，除非按每千名用户计算。`,
    params: { tag: '客服系统中的标签写法。', perThousandActive: '是否按每千名活跃用户计算。' },
  },
  cart_abandonment_rate: {
    title: '购物车放弃率',
    definition: '已到期的购物车中，在规定小时内未被购买的比例。',
    reading: `${less}它按购物车计数；按会话计数会得到另一个数。`,
    params: {
      cartEvent: '创建购物车的事件。',
      purchaseEvent: '购买的事件。',
      cartIdProperty: '说明事件属于哪个购物车的属性。',
      withinHours: '购物车创建后多少小时内购买仍算数。',
      ...minCohort,
    },
  },
  session_cart_abandonment: {
    title: '按会话计算的购物车放弃率',
    definition: '有加入购物车行为的会话中，没有购买的会话所占比例。',
    reading: `${less}之后再回来购买的人，其第一次会话仍算放弃。`,
    params: {
      addToCartEvent: '加入购物车的事件。',
      purchaseEvent: '购买的事件。',
      ...gap,
      ...minCohort,
    },
  },
  merchant_conversion: {
    title: '店铺转化率',
    definition: '会话数足够的所有店铺中，每次会话的订单数。',
    reading: more,
    params: {
      aggregation: '各店铺同权（macro），还是各会话同权（pooled）。',
      minSessions: '会话数少于此值的店铺不计入。',
    },
  },
  viewing_minutes_per_viewer: {
    title: '每位观众观看时长',
    definition: '窗口内观看的分钟数除以有观看行为的不同人数。',
    reading: more,
    params: minCohort,
  },
  new_release_viewers: {
    title: '新片观众数',
    definition: '在作品发布后的最初几天内观看它的不同人数。',
    reading: `${more}发布前的预览不算。`,
    params: { newForDays: '作品发布后多少天内算新作。' },
  },
  sprint_velocity: {
    title: '冲刺速度',
    definition: '最近几个已结束冲刺所完成点数的平均值。',
    reading: '在同一团队内越高越好；各团队估算方式不同，不可互相比较。',
    params: { lastN: '取最近多少个已结束的冲刺做平均。' },
  },
  bugs_per_feature: {
    title: '每功能缺陷数',
    definition: '窗口内创建的缺陷数除以窗口内完成的功能数。',
    reading: less,
    params: types,
  },
  linked_bugs_per_feature: {
    title: '每功能关联缺陷数',
    definition: '与窗口内上线的功能相关联的缺陷数，除以这些功能的数量。',
    reading: `${less}上线太近、尚无法判断的功能不计入。`,
    params: {
      matureDays: '功能上线多少天后才予以判断。',
      findDays: '上线后多少天内发现的缺陷算数。',
      ...types,
    },
  },
  post_release_bugs: {
    title: '发布后缺陷数',
    definition: '在发布后规定天数内发现的、属于该版本的缺陷数。',
    reading: `${less}只可在相同天数内比较不同版本。`,
    params: { withinDays: '发布后多少天算数。' },
  },
  lead_time: {
    title: '交付周期',
    definition: '窗口内完成的事项所用的时间。',
    reading: `${less}终于完成的旧事项会抬高均值，请同时看旁边的中位数。`,
    params: { stat, unit: '以天还是以小时计。' },
  },
  deployment_minutes: {
    title: '部署时长',
    definition: '在窗口内完成的成功部署所用的时间。',
    reading: less,
    params: { stat },
  },
  deployment_count: {
    title: '部署次数',
    definition: '在窗口内完成的成功部署次数。',
    reading: more,
    params: {},
  },
  coverage: {
    title: '测试覆盖率',
    definition: '截至当日结束时该分支最近一次报告的行覆盖率。',
    reading: `${more}缺少报告表示没有数值，而不是零覆盖率。`,
    params: { branch: '以哪个分支的报告为准。' },
  },
  learning_plan_completion: {
    title: '学习计划完成率',
    definition: '人们计划学习的内容中已完成的比例。',
    reading: more,
    params: { aggregation: '各项内容同权（pooled），还是各人同权（macro）。' },
  },
  learning_time_share: {
    title: '学习时间占比',
    definition: '窗口内的学习小时数除以全部工作小时数。',
    reading: more,
    params: {},
  },
  activity_count: {
    title: '活动次数',
    definition: '某件事做了多少次：访谈、测试、文章、分享会。',
    reading: `${more}更正以负值条目记录。`,
    params: { label: '只计带有此标签的条目；未指定时全部计入。' },
  },
};

export const stagesZhCn: Record<Stage, string> = {
  acquisition: '获取',
  activation: '激活',
  retention: '留存',
  referral: '推荐',
  revenue: '收入',
  engagement: '参与',
  satisfaction: '满意度',
  delivery: '交付',
  people: '团队成长',
  discovery: '探索',
  community: '社区',
};

export const unitsZhCn: Record<keyof typeof unitsEn, string> = {
  bugs: '个缺陷',
  customers: '位客户',
  days: '天',
  deployments: '次部署',
  entries: '条',
  hours: '小时',
  minutes: '分钟',
  money: '金额',
  months: '个月',
  points: '点',
  ratio: '比例',
  requests: '次请求',
  score: '分',
  sessions: '次会话',
  stars: '星',
  tickets: '张工单',
  users: '人',
};

export const sourcesZhCn: Record<keyof typeof sourcesEn, string> = {
  app_store: 'App Store',
  calendar: '日历',
  codecov: 'Codecov',
  csv: 'CSV 文件',
  feed: '订阅源（RSS、Atom）',
  ga4: 'Google Analytics 4',
  github: 'GitHub',
  gitlab: 'GitLab',
  http: 'HTTP 上的 JSON',
  intercom: 'Intercom',
  jira: 'Jira',
  linear: 'Linear',
  manual: '人工更新',
  mixpanel: 'Mixpanel',
  play_store: 'Google Play',
  posthog: 'PostHog',
  push: '由自有代码推送',
  records: '上传的记录',
  sheet: '电子表格',
  sonarqube: 'SonarQube',
  sql: 'SQL 查询',
  stripe: 'Stripe',
  typeform: 'Typeform',
  zendesk: 'Zendesk',
};

export const windowRulesZhCn: Record<WindowRule['kind'], string> = {
  day: '每一天',
  trailing: '截至每天的最近 {days} 天',
  month: '每个自然月',
  trailing_months: '截至每天的最近 {months} 个月',
  matured_cohort: '最近 {days} 天内进入且期限已满的人',
  none: '按所给数字计算',
};
