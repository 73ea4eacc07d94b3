import type { CheckInDraft, KeyResultDraft, Readings } from '../plan.ts';
import { objectives } from './objectives.ts';

/** Before the days that milestones were reached on are known. */
type Goal =
  | KeyResultDraft['goal']
  | { kind: 'steps'; steps: readonly [name: string, daysAgo: number | null][] };

type CasebookRow = {
  casebookId: string;
  key: string;
  en: string;
  zh: string;
  /** Null: only a person can judge it. */
  metric: string | null;
  goal: Goal;
  aggregate?: KeyResultDraft['aggregate'];
};

const MINUTE = 60;
/** The last four weeks as one value: single days of a small company are noise. */
const FOUR_WEEKS = { trailingDays: 28 };
const usd = (dollars: number): number => dollars * 100;
const reach = (startValue: number, targetValue: number): Goal => ({ kind: 'reach', startValue, targetValue });
const upTo = (targetValue: number): Goal => ({ kind: 'accumulate', targetValue });
/** From what was measured when the cycle began. */
const change = (percent: number): Goal => ({
  kind: 'change',
  percent,
  mode: 'relative',
  baselineValue: null,
});
const steps = (...all: [name: string, daysAgo: number | null][]): Goal => ({ kind: 'steps', steps: all });

/** The 57 Key Results of the casebook. K51 to K57 have no Chinese there, and K51 and K52 stand in running text. */
export const casebookRows: readonly CasebookRow[] = [
  {
    casebookId: 'K01',
    key: 'discover.design-sprint',
    en: 'Run design-sprint cycle(s) to generate and test solutions',
    zh: '进行设计冲刺周期以生成和测试解决方案',
    metric: null,
    goal: steps(['Design sprint run', 20]),
  },
  {
    casebookId: 'K02',
    key: 'discover.hypotheses',
    en: 'Validate the 10 most important hypotheses',
    zh: '验证10个最重要的假设',
    metric: 'hypotheses',
    goal: upTo(10),
  },
  {
    casebookId: 'K03',
    key: 'discover.interviews',
    en: 'Conduct 20 problem interviews with the target audience',
    zh: '与目标受众进行20次问题访谈',
    metric: 'problem-interviews',
    goal: upTo(20),
  },
  {
    casebookId: 'K04',
    key: 'user-tests.live',
    en: 'Run 15 live usability-test interviews with paper prototypes',
    zh: '使用纸质原型进行15次实时可用性测试采访',
    metric: 'usability-tests',
    goal: upTo(15),
  },
  {
    casebookId: 'K05',
    key: 'user-tests.remote',
    en: 'Receive 10 online interviews by remote video',
    zh: '从远程视频接收10个在线采访',
    metric: 'remote-tests',
    goal: upTo(10),
  },
  {
    casebookId: 'K06',
    key: 'user-tests.plan',
    en: 'Integrate user testing into the pre-launch plan',
    zh: '将用户测试整合到发布前的计划中',
    metric: null,
    goal: steps(['In the pre-launch plan', 34]),
  },
  {
    casebookId: 'K07',
    key: 'team-speed.velocity',
    en: 'Increase team sprint velocity from 32 to 60 points',
    zh: 'Sprint团队速度从32个增加到60点',
    metric: 'velocity',
    goal: reach(32, 60),
  },
  {
    casebookId: 'K08',
    key: 'team-speed.bugs',
    en: 'Reduce bugs per feature from 1.7 to 1.0',
    zh: '每个功能的错误指标从1.7减少到1.0',
    metric: 'bugs-per-feature',
    goal: reach(1.7, 1),
  },
  {
    casebookId: 'K09',
    key: 'team-speed.lead-time',
    en: 'Reduce average delivery time by 30%',
    zh: '将平均交付时间减少30%',
    metric: 'lead-time',
    goal: change(-30),
  },
  {
    casebookId: 'K10',
    key: 'team-speed.learning-week',
    en: 'Implement a one-week-per-quarter education programme for the product team',
    zh: '实施产品团队每季度1周的教育计划',
    metric: null,
    goal: steps(['Week of this quarter held', 27]),
  },
  {
    casebookId: 'K11',
    key: 'engineering.metrics',
    en: 'Define and implement performance metrics for the team',
    zh: '为团队制定和实施绩效指标',
    metric: null,
    goal: steps(['Defined', 30], ['Implemented', null]),
  },
  {
    casebookId: 'K12',
    key: 'engineering.coverage',
    en: 'Raise unit-test coverage from 40% to 50%',
    zh: '将单元测试的覆盖率从40%增加到50%',
    metric: 'coverage',
    goal: reach(0.4, 0.5),
  },
  {
    casebookId: 'K13',
    key: 'engineering.deployment',
    en: 'Cut deployment time from 20 to 2 minutes using automated CI/CD',
    zh: '使用自动CI / CD将部署时间从20分钟减少到2分钟',
    metric: 'deployment',
    goal: reach(20 * MINUTE, 2 * MINUTE),
  },
  {
    casebookId: 'K14',
    key: 'trials.sign-ups',
    en: 'Raise sign-up to trial conversion from 15% to 30%',
    zh: '将注册的试用转化率从15%增加到30%',
    metric: 'trial-sign-ups',
    goal: reach(0.15, 0.3),
  },
  {
    casebookId: 'K15',
    key: 'trials.paid',
    en: 'Raise trial to paid conversion from 43% to 60%',
    zh: '将试用版的付费转化率从43%增加到60%',
    metric: 'trial-to-paid',
    goal: reach(0.43, 0.6),
    aggregate: { trailingDays: 91 },
  },
  {
    casebookId: 'K16',
    key: 'trials.referral-revenue',
    en: 'Raise referral revenue from $20,000 to $50,000',
    zh: '将推荐收入从$ 20,000增加到$ 50,000',
    metric: 'referral-revenue',
    goal: reach(usd(20_000), usd(50_000)),
    aggregate: { trailingDays: 91 },
  },
  {
    casebookId: 'K17',
    key: 'new-version.bugs',
    en: 'Reduce bugs found after release by 30%',
    zh: '将发布后发现的错误减少30%',
    metric: 'release-bugs',
    goal: change(-30),
  },
  {
    casebookId: 'K18',
    key: 'new-version.drop-off',
    en: 'Reduce sign-up drop-off from 35% to 10%',
    zh: '将注册流失率从35%降低到10%',
    metric: 'form-drop-off',
    goal: reach(0.35, 0.1),
  },
  {
    casebookId: 'K19',
    key: 'new-version.app-store',
    en: 'Raise the App Store rating of the new version from 4.0 to 4.5',
    zh: '将新版本的App Store评级从4.0提高到4.5',
    metric: 'app-store-rating',
    goal: reach(4, 4.5),
  },
  {
    casebookId: 'K20',
    key: 'new-version.nps',
    en: 'Raise NPS from 8.0 to 9.5',
    zh: '提升NPS从8.0到9.5',
    metric: 'nps',
    goal: reach(8, 9.5),
  },
  {
    casebookId: 'K21',
    key: 'onboarding.drop-off',
    en: 'Reduce drop-off in the sign-up flow from 35% to 10%',
    zh: '将注册流程的流失率从35%降低到10%',
    metric: 'form-drop-off',
    goal: reach(0.35, 0.1),
  },
  {
    casebookId: 'K22',
    key: 'onboarding.completed',
    en: 'Raise the share of users who complete onboarding from 65% to 80%',
    zh: '通过入门的用户百分比从65%增加到80%',
    metric: 'onboarded',
    goal: reach(0.65, 0.8),
  },
  {
    casebookId: 'K23',
    key: 'onboarding.activated',
    en: 'Raise the share of new users activated (created 3 pieces of content) from 50% to 65%',
    zh: '已激活的新用户(创建3个内容片断)的百分比从50%增加到65%',
    metric: 'activated',
    goal: reach(0.5, 0.65),
  },
  {
    casebookId: 'K24',
    key: 'engagement.retention',
    en: 'Raise 1-month retention from 20% to 40%',
    zh: '1个月保留率从20%增加到40%',
    metric: 'retention',
    goal: reach(0.2, 0.4),
  },
  {
    casebookId: 'K25',
    key: 'engagement.time',
    en: 'Raise average time in app from 15 to 30 minutes',
    zh: '将应用中的平均时间从15分钟增加到30分钟',
    metric: 'time-in-app',
    goal: reach(15 * MINUTE, 30 * MINUTE),
    aggregate: FOUR_WEEKS,
  },
  {
    casebookId: 'K26',
    key: 'engagement.sessions',
    en: 'Raise sessions per user per day from 5 to 10',
    zh: '每用户每天将会话数从5个增加到10个会话',
    metric: 'app-sessions',
    goal: reach(5, 10),
    aggregate: FOUR_WEEKS,
  },
  {
    casebookId: 'K27',
    key: 'satisfaction.nps',
    en: 'Raise the NPS score from 8.0 to 9.5',
    zh: 'NPS分数从8.0提高到9.5',
    metric: 'nps',
    goal: reach(8, 9.5),
  },
  {
    casebookId: 'K28',
    key: 'satisfaction.requests',
    en: 'Reduce support requests per user per month from 2.3 to 1.0',
    zh: '每个用户每月将支持请求的数量从2.3减少到1.0',
    metric: 'requests-per-user',
    goal: reach(2.3, 1),
  },
  {
    casebookId: 'K29',
    key: 'satisfaction.churn-calls',
    en: 'Conduct 20 phone interviews with churned customers',
    zh: '对流失的客户进行20次电话采访',
    metric: 'churn-interviews',
    goal: upTo(20),
  },
  {
    casebookId: 'K30',
    key: 'satisfaction.app-store',
    en: 'Raise the App Store score of the new version from 4.0 to 4.5',
    zh: '将新版本的App Store评分从4.0提高到4.5',
    metric: 'app-store-rating',
    goal: reach(4, 4.5),
  },
  {
    casebookId: 'K31',
    key: 'satisfaction.google-play',
    en: 'Raise the Google Play rating of the latest version from 4.2 to 4.7',
    zh: '最新版本的Google Play评分从4.2提高到4.7',
    metric: 'google-play-rating',
    goal: reach(4.2, 4.7),
  },
  {
    casebookId: 'K32',
    key: 'satisfaction.reviews',
    en: 'Raise the share of users willing to leave a review from 35% to 50%',
    zh: '愿意留下评论的用户百分比从35%增加到50%',
    metric: 'reviewers',
    goal: reach(0.35, 0.5),
  },
  {
    casebookId: 'K33',
    key: 'unit-economics.ltv',
    en: 'Raise lifetime value (LTV) from $500 to $800',
    zh: '将终身价值(LTV)从$ 500提高到$ 800',
    metric: 'ltv',
    goal: reach(usd(500), usd(800)),
  },
  {
    casebookId: 'K34',
    key: 'unit-economics.payback',
    en: 'Shorten the payback period from 3 to 2 months',
    zh: '将投资回收期从3个月缩短至2个月',
    metric: 'payback',
    goal: reach(3, 2),
  },
  {
    casebookId: 'K35',
    key: 'unit-economics.up-sell',
    en: 'Raise up-sell revenue from $10,000 to $15,000 per month',
    zh: '每月将Up-Sales 销售收入从$ 10,000增加到$ 15,000',
    metric: 'up-sell',
    goal: reach(usd(10_000), usd(15_000)),
  },
  {
    casebookId: 'K36',
    key: 'unit-economics.down-sell',
    en: 'Reduce down-sell revenue from $4,000 to $1,000 per month',
    zh: '将急剧下降的销售收入从每月4000美元减少到1000美元',
    metric: 'down-sell',
    goal: reach(usd(4_000), usd(1_000)),
  },
  {
    casebookId: 'K37',
    key: 'unit-economics.net-retention',
    en: 'Raise net revenue retention from 123% to 150%',
    zh: '净保留率从123%增加到150%',
    metric: 'net-retention',
    goal: reach(1.23, 1.5),
  },
  {
    casebookId: 'K38',
    key: 'unit-economics.margin',
    en: 'Raise gross margin from 70% to 80%',
    zh: '将毛利率从70%增加到80%',
    metric: 'gross-margin',
    goal: reach(0.7, 0.8),
  },
  {
    casebookId: 'K39',
    key: 'referrals.programme',
    en: 'Launch a new referral programme',
    zh: '实施新的推荐计划',
    metric: null,
    goal: steps(['Launched', 41]),
  },
  {
    casebookId: 'K40',
    key: 'referrals.sharers',
    en: 'Raise the share of users who share from 10% to 20%',
    zh: '将共享的用户百分比从10%增加到20%',
    metric: 'sharers',
    goal: reach(0.1, 0.2),
  },
  {
    casebookId: 'K41',
    key: 'referrals.new-revenue',
    en: 'Raise new revenue from referrals from $5,000 to $15,000 per month',
    zh: '推荐新收入从每月$ 5,000增加到$ 15,000',
    metric: 'referral-mrr',
    goal: reach(usd(5_000), usd(15_000)),
  },
  {
    casebookId: 'K42',
    key: 'learning.time',
    en: 'Introduce 10% learning time for the team',
    zh: '为团队实施10%的学习时间',
    metric: 'learning-time',
    goal: reach(0, 0.1),
    aggregate: FOUR_WEEKS,
  },
  {
    casebookId: 'K43',
    key: 'learning.plans',
    en: 'Raise completion of personal development plans from 60% to 80%',
    zh: '将个人发展计划的完成度从60%增加到80%',
    metric: 'learning-plans',
    goal: reach(0.6, 0.8),
  },
  {
    casebookId: 'K44',
    key: 'learning.sharing',
    en: 'Hold 12 knowledge-sharing sessions by team members (1 per week)',
    zh: '由团队成员进行12次知识分享(每周1次)',
    metric: 'sharing-sessions',
    goal: { kind: 'recurring', perPeriod: 1, periodUnit: 'week', periods: 12, carryOver: true },
  },
  {
    casebookId: 'K45',
    key: 'team.nps',
    en: 'Raise internal team NPS from 7.8 to 9.5',
    zh: '内部团队的NPS从7.8增加到9.5',
    metric: 'team-nps',
    goal: reach(7.8, 9.5),
  },
  {
    casebookId: 'K46',
    key: 'team.off-site',
    en: 'Hold an off-site team meeting to celebrate the new release',
    zh: '举行场外团队会议以庆祝新版本的发布',
    metric: null,
    goal: steps(['Off-site held', 38]),
  },
  {
    casebookId: 'K47',
    key: 'team.dual-track',
    en: 'Introduce the new dual-track delivery and discovery process for 2 teams',
    zh: '为2个团队实施新的双轨交付和发现流程',
    metric: null,
    goal: upTo(2),
  },
  {
    casebookId: 'K48',
    key: 'community.posts',
    en: 'Publish 4 blog posts about our product process',
    zh: '发布4篇关于我们产品流程的博客文章',
    metric: 'posts',
    goal: upTo(4),
  },
  {
    casebookId: 'K49',
    key: 'community.meet-ups',
    en: 'Take part in 2 local meet-ups',
    zh: '参加2次当地聚会',
    metric: 'meet-ups',
    goal: upTo(2),
  },
  {
    casebookId: 'K50',
    key: 'community.talk',
    en: 'Prepare a talk for next year’s ProductCon conference',
    zh: '准备明年的ProductCon会议的演讲',
    metric: null,
    goal: steps(['Talk prepared', 9]),
  },
  {
    casebookId: 'K51',
    key: 'mobile-app.rating',
    en: 'Increase app store rating from 4.0 to 4.5',
    zh: '将应用商店评分从4.0提高到4.5',
    metric: 'app-store-rating',
    goal: reach(4, 4.5),
  },
  {
    casebookId: 'K52',
    key: 'mobile-app.tickets',
    en: 'Reduce customer support tickets related to app usability by 30%',
    zh: '将与应用可用性相关的客户支持工单减少30%',
    metric: 'usability-tickets',
    goal: change(-30),
    aggregate: { trailingDays: 30 },
  },
  {
    casebookId: 'K53',
    key: 'streaming.viewing',
    en: 'Increase average viewing time per user by 15% by the end of Q2',
    zh: '在第二季度末之前将每位用户的平均观看时间增加15%',
    metric: 'viewing',
    goal: change(15),
  },
  {
    casebookId: 'K54',
    key: 'streaming.new-releases',
    en: 'Achieve a 20% increase in the number of users who watch at least one new release per month',
    zh: '将每月至少观看一部新片的用户数量增加20%',
    metric: 'new-release-viewers',
    goal: change(20),
  },
  {
    casebookId: 'K55',
    key: 'streaming.churn',
    en: 'Reduce the churn rate by 10% through improved content recommendations',
    zh: '通过改进内容推荐将流失率降低10%',
    metric: 'churn',
    goal: change(-10),
  },
  {
    casebookId: 'K56',
    key: 'stores.conversion',
    en: 'Increase the average conversion rate of merchant stores by 25% by the end of Q3',
    zh: '在第三季度末之前将商家店铺的平均转化率提高25%',
    metric: 'store-conversion',
    goal: change(25),
  },
  {
    casebookId: 'K57',
    key: 'stores.carts',
    en: 'Reduce cart abandonment rates by 15% through enhanced checkout processes',
    zh: '通过改进结账流程将购物车放弃率降低15%',
    metric: 'cart-abandonment',
    goal: change(-15),
    aggregate: FOUR_WEEKS,
  },
];

/** Who owns an objective owns its Key Results. */
const owners = new Map<string, string>(objectives.map(([key, , , owner]) => [key, owner]));

/** As the API takes them; the objective is the first part of the key. */
export function keyResults({ dayBefore }: Readings): KeyResultDraft[] {
  return casebookRows.map(({ aggregate, en, goal, key, metric, zh }) => {
    const objective = key.slice(0, key.indexOf('.'));
    return {
      key,
      objective,
      title: en,
      titles: { 'zh-CN': zh },
      owner: owners.get(objective) ?? null,
      goal: goal.kind === 'steps' ? reached(goal.steps, dayBefore) : goal,
      ...(aggregate === undefined ? {} : { aggregate }),
      ...(metric === null ? { unit: 'count' } : { metric }),
    };
  });
}

function reached(
  all: readonly (readonly [name: string, daysAgo: number | null])[],
  dayBefore: Readings['dayBefore'],
): KeyResultDraft['goal'] {
  const weighed = all.map(([name, daysAgo]) => ({
    name,
    weight: 1,
    doneOnDay: daysAgo === null ? null : dayBefore(daysAgo),
  }));
  return { kind: 'milestone', steps: weighed };
}

/** What people of Acme have said about what no system knows. */
export const checkIns: readonly CheckInDraft[] = [
  {
    keyResult: 'team.dual-track',
    value: 1,
    daysAgo: 6,
    note: 'The web team works this way now; the app team starts next month.',
  },
];
