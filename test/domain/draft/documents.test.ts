import { expect, it } from 'vitest';
import { type ImportedText, MAX_LINES, MAX_TEXT_BYTES, readText } from '../../../src/domain/draft/index.ts';

/** Objectives with the Key Results and initiatives under them, as short as a reader would retell them. */
function outline(read: ImportedText): unknown {
  return read.objectives.map(({ title, keyResults, initiatives }) => ({
    title,
    keyResults: keyResults.map(({ text }) => text),
    initiatives: initiatives.map(({ text }) => text),
  }));
}

it('reads one objective with two Key Results out of running text', () => {
  const read = readText(
    'For example, the objective “Enhance user satisfaction with our mobile app” could have the key results “Increase app store rating from 4.0 to 4.5” and “Reduce customer support tickets related to app usability by 30%.”',
  );
  expect(outline(read)).toEqual([
    {
      title: 'Enhance user satisfaction with our mobile app',
      keyResults: [
        'Increase app store rating from 4.0 to 4.5',
        'Reduce customer support tickets related to app usability by 30%',
      ],
      initiatives: [],
    },
  ]);
  expect(read.objectives[0]?.keyResults.map(({ metric }) => metric?.key)).toEqual([
    'store_rating',
    'tagged_ticket_count',
  ]);
  expect(
    readText('比如，目标“提升用户满意度”的关键结果可以是“将NPS从30提高到45”和“将客服工单减少30%”。')
      .objectives[0]?.keyResults,
  ).toHaveLength(2);
});

it('reads a labelled list with Windows line ends, emoji, bullets and nested notes', () => {
  const read = readText(
    [
      '🎯 O1: Delight our customers',
      '🔑 KR 1.1: Increase NPS from 30 to 45',
      'KR1.2 - Reduce churn by 10%',
      '**KR1.3** Improve happiness',
      'Initiatives:',
      '☑ Redesign onboarding',
      '• Weekly calls with customers',
      '',
      'Objective 2',
      'Grow the business',
      '- reach 500 customers',
      '- $1M ARR',
      '* Publish 4 case studies',
      '    - write the outline',
    ].join('\r\n'),
  );
  expect(outline(read)).toEqual([
    {
      title: 'Delight our customers',
      keyResults: ['Increase NPS from 30 to 45', 'Reduce churn by 10%'],
      initiatives: ['Redesign onboarding', 'Weekly calls with customers'],
    },
    {
      title: 'Grow the business',
      keyResults: ['reach 500 customers', '$1M ARR', 'Publish 4 case studies'],
      initiatives: ['write the outline'],
    },
  ]);
  expect(read.objectives[0]).toMatchObject({ label: 'O1', line: 1 });
  expect(read.objectives[0]?.keyResults[0]).toMatchObject({ label: 'KR 1.1', line: 2 });
  expect(read.notUnderstood).toMatchObject([{ line: 4, why: 'no_number' }]);
});

it('reads objectives that are items of a numbered list with their Key Results below them', () => {
  const read = readText(
    '1. Delight customers\n   - NPS from 30 to 45\n   - 95% uptime\n2) Grow revenue\n   a) MRR from $10k to $20k\n   b) Sign 5 partners\n(3) Become known\n   • Publish 4 blog posts\n   • 3 talks given at conferences',
  );
  expect(outline(read)).toMatchObject([
    { title: 'Delight customers', keyResults: ['NPS from 30 to 45', '95% uptime'] },
    { title: 'Grow revenue', keyResults: ['MRR from $10k to $20k', 'Sign 5 partners'] },
    { title: 'Become known', keyResults: ['Publish 4 blog posts', '3 talks given at conferences'] },
  ]);
});

it('reads notes without any marks', () => {
  const read = readText(
    'Goal: make users happy\nincrease NPS from 30 to 45\ncut churn to 3%\n\nGrow the business\nMRR 20k -> 50k\nlaunch referral programme\nimprove things\n',
  );
  expect(outline(read)).toEqual([
    {
      title: 'make users happy',
      keyResults: ['increase NPS from 30 to 45', 'cut churn to 3%'],
      initiatives: [],
    },
    {
      title: 'Grow the business',
      keyResults: ['MRR 20k -> 50k', 'launch referral programme'],
      initiatives: [],
    },
  ]);
  expect(read.notUnderstood.map(({ text }) => text)).toEqual(['improve things']);
});

it('reads a Chinese list with its labels, numbers and measures', () => {
  const read = readText(
    '目标1：提升用户满意度\n关键结果1：将NPS从30提高到45\n关键结果2：客户流失率降低10%\nKR3：每周进行2次用户访谈\n举措：\n1、上线满意度调查\n2、优化帮助中心\n\n目标二：增长收入\n（1）MRR从20万元提升到30万元\n（2）新增100个付费客户\n行动计划\n- 推出新套餐\n',
  );
  expect(outline(read)).toEqual([
    {
      title: '提升用户满意度',
      keyResults: ['将NPS从30提高到45', '客户流失率降低10%', '每周进行2次用户访谈'],
      initiatives: ['上线满意度调查', '优化帮助中心'],
    },
    {
      title: '增长收入',
      keyResults: ['MRR从20万元提升到30万元', '新增100个付费客户'],
      initiatives: ['推出新套餐'],
    },
  ]);
});

const article = `# 产品团队的 OKR 示例

OKR 是一种目标管理方法，帮助团队聚焦于最重要的结果。它由英特尔提出，后来被许多公司采用。

## 第一阶段：产品发现

在产品发现阶段，团队需要验证问题是否真实存在。我们通常建议至少访谈20位用户。

### 目标1 – 验证问题和解决方案

进行设计冲刺周期以生成和测试解决方案
验证10个最重要的假设
与目标受众进行20次问题访谈

### 目标2 – 验证解决方案

使用纸质原型进行15次实时可用性测试采访
从远程视频接收10个在线采访
将用户测试整合到发布前的计划中

这些关键结果帮助团队在投入开发之前降低风险。去年，我们把失败率从50%降低到了30%。

## 第二阶段：激活

新用户常常在注册时离开。

**改善新用户的首次体验**

关键结果：

1. 将注册流失率从35%降低到10%
2. 通过入门的用户百分比从65%增加到80%
3. 让用户更开心

举措

- 重新设计注册页面
- 增加引导提示

## 第三阶段：收入

目标3：改善业务指标
- 将终身价值(LTV)从$ 500提高到$ 800
- 推荐新收入从每月$ 5,000增加到
  $ 15,000

## 总结

好的关键结果应该是可衡量的。
不要设定太多目标。
`;

it('reads a Chinese article with headings, prose and lists', () => {
  const read = readText(article);
  expect(outline(read)).toEqual([
    {
      title: '验证问题和解决方案',
      keyResults: [
        '进行设计冲刺周期以生成和测试解决方案',
        '验证10个最重要的假设',
        '与目标受众进行20次问题访谈',
      ],
      initiatives: [],
    },
    {
      title: '验证解决方案',
      keyResults: [
        '使用纸质原型进行15次实时可用性测试采访',
        '从远程视频接收10个在线采访',
        '将用户测试整合到发布前的计划中',
      ],
      initiatives: [],
    },
    {
      title: '改善新用户的首次体验',
      keyResults: ['将注册流失率从35%降低到10%', '通过入门的用户百分比从65%增加到80%'],
      initiatives: ['重新设计注册页面', '增加引导提示'],
    },
    {
      title: '改善业务指标',
      keyResults: ['将终身价值(LTV)从$ 500提高到$ 800', '推荐新收入从每月$ 5,000增加到$ 15,000'],
      initiatives: [],
    },
  ]);
  expect(read.keyResults).toEqual([]);
  expect(read.notUnderstood.map(({ text }) => text)).toEqual(['让用户更开心']);
  expect(read.objectives.map(({ phase, stage }) => [phase, stage])).toEqual([
    ['第一阶段：产品发现', 'discovery'],
    ['第一阶段：产品发现', 'discovery'],
    ['第二阶段：激活', 'activation'],
    ['第三阶段：收入', 'revenue'],
  ]);
});

it('reads an English article, and tells what was from what shall be', () => {
  const read = readText(`## Objectives and key results

Good objectives inspire. Key results are measurable and time bound. In 2019 we increased revenue from $1M to $2M by hiring 20 people.

**Objective: Become the most loved app**

Key Results:

* Increase app store rating from 4.0 to 4.5
* Hold 12 knowledge-sharing
  sessions by team members (1 per week)

To get there the team will run many experiments. We think that 3 of them will work.

### Make onboarding effortless

New users often get lost. That is why we care.

- Raise onboarding completion from 65% to 80%
- Cut time to first value from 3 days to 1 day

## Tips

- Keep it simple
- Use numbers
`);
  expect(outline(read)).toEqual([
    {
      title: 'Become the most loved app',
      keyResults: [
        'Increase app store rating from 4.0 to 4.5',
        'Hold 12 knowledge-sharing sessions by team members (1 per week)',
      ],
      initiatives: [],
    },
    {
      title: 'Make onboarding effortless',
      keyResults: [
        'Raise onboarding completion from 65% to 80%',
        'Cut time to first value from 3 days to 1 day',
      ],
      initiatives: [],
    },
  ]);
  expect(read.objectives[0]?.keyResults[1]).toMatchObject({ line: 10, lastLine: 11, target: 12 });
  expect(read.keyResults).toEqual([]);
  expect(read.notUnderstood).toEqual([]);
  expect(read.ignored.filter(({ as }) => as === 'prose').map(({ line }) => line)).toEqual([
    3, 13, 17, 24, 25,
  ]);
});

it('reads a markdown table with start, target and deadline in columns of their own', () => {
  const read = readText(
    `| Objective | Key Result | Start | Target | Deadline |
|---|:---:|---|---|---|
| Delight customers | NPS | 30 | 45 | end of Q2 2026 |
| | Churn rate | 5% | 3% | |
| Grow | Sign 20 new customers | | | 30 June 2026 |`,
  );
  expect(outline(read)).toMatchObject([
    { title: 'Delight customers', keyResults: ['NPS', 'Churn rate'] },
    { title: 'Grow', keyResults: ['Sign 20 new customers'] },
  ]);
  const [nps, churn, signed] = read.objectives.flatMap(({ keyResults }) => keyResults);
  expect(nps).toMatchObject({ start: 30, target: 45, deadline: { day: '2026-06-30' } });
  expect(churn?.goal).toEqual({ kind: 'reach', startValue: 0.05, targetValue: 0.03 });
  expect(signed).toMatchObject({ form: 'count', target: 20, deadline: { day: '2026-06-30' } });
});

it('reads rows pasted from a Chinese spreadsheet', () => {
  const read = readText('指标\t起始值\t目标\nNPS\t30\t45\n转化率\t2%\t3%');
  expect(read.keyResults.map(({ start, target }) => [start, target])).toEqual([
    [30, 45],
    [2, 3],
  ]);
});

it('reads objective and Key Results of one line', () => {
  const read = readText(
    'Objective: Grow revenue. Key Results: Increase MRR from $10k to $20k; reduce churn from 5% to 3%; launch the pricing page',
  );
  expect(outline(read)).toMatchObject([
    {
      title: 'Grow revenue',
      keyResults: ['Increase MRR from $10k to $20k', 'reduce churn from 5% to 3%', 'launch the pricing page'],
    },
  ]);
});

it('reads the same sentence the same whatever list it stands in', () => {
  const sentence = 'Increase NPS from 30 to 45';
  const heads = [
    '',
    '- ',
    '• ',
    '* ',
    '1) ',
    '(1) ',
    '1. ',
    'KR1: ',
    'KR 1.1 ',
    'Key Result 2: ',
    '关键结果1：',
    '- [ ] ',
    '> ',
    '**KR1:** ',
  ];
  for (const head of heads) {
    const [draft] = readText(`${head}${sentence}`).keyResults;
    expect(draft?.text, head).toBe(sentence);
    expect(draft?.goal, head).toEqual({ kind: 'reach', startValue: 30, targetValue: 45 });
  }
});

it('ignores plain prose, in which nobody promises anything', () => {
  const read = readText(
    'Our company was founded in 2012. Today 250 people work in 4 offices.\nLast year we reduced churn from 5% to 3%.\n我们公司成立于2012年，现有250名员工。\n这本书介绍了如何设定目标。',
  );
  expect(read.keyResults).toEqual([]);
  expect(read.objectives).toEqual([]);
  expect(read.notUnderstood).toEqual([]);
  expect(read.ignored).toHaveLength(4);
});

it('refuses a text over its limits as a whole, with one reason', () => {
  const large = readText('a'.repeat(MAX_TEXT_BYTES + 1));
  expect(large.refused).toMatchObject({ code: 'text_too_large', limit: 204_800, found: 204_801 });
  expect(large.lines).toEqual([]);
  expect(readText('x\n'.repeat(MAX_LINES)).refused).toBeNull();
  expect(readText('x\n'.repeat(MAX_LINES + 1)).refused).toMatchObject({
    code: 'too_many_lines',
    found: 2001,
  });
  // Chinese characters take three bytes each.
  expect(readText('目'.repeat(70_000)).refused).toMatchObject({ code: 'text_too_large', found: 210_000 });
});

it('leaves out a line over its limit and reads the others', () => {
  const read = readText(`Increase NPS from 30 to 45\n${'a'.repeat(2001)}`);
  expect(read.keyResults).toHaveLength(1);
  expect(read.notUnderstood).toMatchObject([{ line: 2, why: 'line_too_long' }]);
});

it('ends the initiatives of one example where the next example or the closing words begin', () => {
  const read = readText(`Example for a streaming platform

Objective: Enhance user engagement on the streaming platform

Key Results:
Increase average viewing time per user by 15% by the end of Q2
Reduce the churn rate by 10% through improved content recommendations

Initiatives:
Develop a personalized recommendation engine
Launch a social viewing feature

Example for a marketplace

Objective: Boost the success of merchants
Key Result 1: Reduce cart abandonment rates by 15% through enhanced checkout processes
Initiatives:
• Offer one-page checkout

Conclusion

OKRs are powerful. Use them wisely.`);
  expect(outline(read)).toMatchObject([
    { initiatives: ['Develop a personalized recommendation engine', 'Launch a social viewing feature'] },
    { title: 'Boost the success of merchants', initiatives: ['Offer one-page checkout'] },
  ]);
  expect(read.objectives[1]?.phase).toBe('Example for a marketplace');
});

it('takes the parts of a plain Chinese article for its parts, and its advice for advice', () => {
  const read = readText(`产品管理OKR示例

阶段1：产品发现

目标1 – 找到值得解决的问题
进行设计冲刺周期以生成和测试解决方案
验证10个最重要的假设

阶段2：获取

目标5 – 增加收入
将注册的试用转化率从15%增加到30%

写好OKR的建议
保持简单。
每个目标不要超过5个关键结果。`);
  expect(outline(read)).toMatchObject([
    {
      title: '找到值得解决的问题',
      keyResults: ['进行设计冲刺周期以生成和测试解决方案', '验证10个最重要的假设'],
    },
    { title: '增加收入', keyResults: ['将注册的试用转化率从15%增加到30%'] },
  ]);
  expect(read.objectives.map(({ phase }) => phase)).toEqual(['阶段1：产品发现', '阶段2：获取']);
  expect(read.notUnderstood).toEqual([]);
});
