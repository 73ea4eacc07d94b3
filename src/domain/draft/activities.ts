import type { Stage } from '../catalog/types.ts';
import type { Tracking } from './types.ts';

/** Work by what it is about: how its entries are labelled, and which part of the product's life it serves. */
export type Activity = { label: string | null; stage: Stage | null; tracking: Tracking };

type Topic = { pattern: RegExp; label: string; stage: Stage; tracking?: Tracking };

/** The first that fits counts, so the special ones stand first. */
const topics: readonly Topic[] = [
  {
    pattern:
      /(?:流失|churned|lost|former)[^,]{0,20}(?:客户|用户|customers?|users?).{0,20}(?:访|interview|calls?)|(?:interview|calls?).{0,30}(?:churned|lost|former)/i,
    label: 'churn-interview',
    stage: 'retention',
  },
  { pattern: /(?:可用性|usability)/i, label: 'usability-test', stage: 'discovery' },
  { pattern: /假设|hypothes[ie]s|assumptions?/i, label: 'hypothesis', stage: 'discovery' },
  { pattern: /问题访谈|problem interviews?/i, label: 'problem-interview', stage: 'discovery' },
  { pattern: /candidates?|候选人|hire|招聘|招募|recruit|入职/i, label: 'hiring', stage: 'people' },
  {
    pattern: /访谈|采访|面谈|interviews?|user research|用户研究|调研/i,
    label: 'interview',
    stage: 'discovery',
  },
  {
    pattern: /双轨|dual-track|(?:为|在)\s?\d+\s?[个支]\s?团队|for (?:\d+|two|three|four|all) teams?/i,
    label: 'team',
    stage: 'delivery',
    tracking: 'check_in',
  },
  {
    pattern: /博客|文章|blog|articles?|posts?\b|newsletter|podcast|播客|推文/i,
    label: 'post',
    stage: 'community',
    tracking: 'automatic_after_a_choice',
  },
  {
    pattern: /聚会|meet-?ups?|conference|会议的演讲|演讲|大会|\btalks?\b(?! (?:to|with))|沙龙/i,
    label: 'meetup',
    stage: 'community',
  },
  { pattern: /推荐计划|推荐方案|referral/i, label: 'referral', stage: 'referral' },
  {
    pattern:
      /分享|sharing|培训|training|workshops?|学习|learning|教育|education|团队会议|团建|off-?site|绩效|performance metrics|员工|employees?|one-on-ones?|1:1|1-on-1|retrospective|复盘/i,
    label: 'session',
    stage: 'people',
  },
  {
    pattern:
      /设计冲刺|design[- ]sprint|用户测试|user test|原型|prototype|discovery|发现|experiments?|实验|a\/b/i,
    label: 'discovery',
    stage: 'discovery',
  },
  { pattern: /合同|订单|deals?|contracts?|付费|paying|签约|签订|签署/i, label: 'deal', stage: 'revenue' },
  {
    pattern: /demos?\b|leads?\b|线索|客户拜访|campaigns?|营销|webinars?|渠道/i,
    label: 'outreach',
    stage: 'acquisition',
  },
  {
    pattern:
      /功能|features?|版本|release|部署|deploy|ci ?\/ ?cd|流程|process|自动化|automat|integrations?|集成|迁移|migrat/i,
    label: 'delivery',
    stage: 'delivery',
  },
];

export function activityOf(text: string): Activity {
  const topic = topics.find(({ pattern }) => pattern.test(text));
  if (topic === undefined) return { label: null, stage: null, tracking: 'counted_when_tagged' };
  return { label: topic.label, stage: topic.stage, tracking: topic.tracking ?? 'counted_when_tagged' };
}
