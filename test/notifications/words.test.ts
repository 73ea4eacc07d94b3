import { expect, it } from 'vitest';
import type { NewsEvent, NewsItem } from '../../src/app/news.ts';
import { type Lang, messageWords, plainText, testMessage } from '../../src/notifications/index.ts';
import { itemWords } from '../../src/notifications/item-words.ts';
import { messageSchema } from '../../src/notifications/message.ts';
import { newsItemSchema } from '../../src/notifications/news-item-schema.ts';
import { numberWriter } from '../../src/notifications/numbers.ts';
import { checkInItem, connectionItem, digest, keyResultItem, news, titled, wholeDigest } from './news.ts';
import { version1 } from './version-1.ts';

const langs: Lang[] = ['en', 'zh-CN'];
const events: NewsEvent[] = newsItemSchema.shape.event.options;

/** Without the no-break spaces that Intl writes between numbers and units. */
function said(message: Parameters<typeof messageWords>[0], lang: Lang): string[] {
  return plainText(messageWords(message, lang)).replaceAll('\u00a0', ' ').split('\n');
}

it('says in order: what changed, the numbers, why, what is to be expected, who owns it, what to do, how to stop', () => {
  expect(said(news(), 'en')).toEqual([
    'Off track: Weekly active users',
    '',
    'Objective: Grow the base',
    'Now: 1,200 (target 1,500, started at 1,000)',
    // 0.755 rounds to 76 %.
    'Progress: 40%, expected by now 76%',
    // 8 to 12 March.
    'Since: 2025-03-08 (4 days)',
    'Why: 40% done, 76% expected by 2025-03-10: far behind, by 36 points, at 53% of the expected pace.',
    'Chance: 18% of reaching the goal, a week ago 41%',
    'Forecast: 1,310 by 2025-03-31, in 8 of 10 cases between 1,220 and 1,400; target 1,500',
    // 4.125 in three figures.
    'Needed: 15 a day from now on, lately 4.13 a day',
    // 10 to 12 March.
    'Data: through 2025-03-10, 2 days old, fetched 2025-03-12 05:58 UTC',
    'Rule: a chance below 25% on 3 evaluated days in a row raises the alert, above 45% on 5 evaluated days in a row ends it',
    'Owner: Ana',
    'Next: find what holds the metric back, then change the plan or agree on another target.',
    'Open the Key Result: https://tidemark.example/key-results/growth.wau',
    'Acknowledge: https://tidemark.example/alerts/alr_1?do=acknowledge',
    'Snooze: https://tidemark.example/alerts/alr_1?do=snooze',
    '',
    'To stop these messages, acknowledge or snooze the alert, or turn off its rule or this channel.',
    'Workspace: Acme',
  ]);
});

it('says the same in Chinese', () => {
  expect(said(news(), 'zh-CN').slice(0, 14)).toEqual([
    '偏离目标：Weekly active users',
    '',
    '目标：Grow the base',
    '当前值：1,200（目标值 1,500，起始值 1,000）',
    '进度：40%，此时预期 76%',
    '起始日：2025-03-08（已 4 天）',
    expect.stringMatching(/^原因：.*40%.*76%/),
    '达成概率：18%，一周前 41%',
    '期末预测：到 2025-03-31 预计 1,310，八成可能在 1,220 至 1,400 之间；目标值 1,500',
    '所需速度：从现在起每天 15，近期每天 4.13',
    '数据：截至 2025-03-10，已过 2 天，获取于 2025-03-12 05:58 UTC',
    '规则：连续 3 个评估日达成概率低于 25% 时通知；连续 5 个评估日高于 45% 时结束',
    '负责人：Ana',
    '下一步：找出拖慢指标的原因，然后调整计划，或商定新的目标值。',
  ]);
});

it('speaks of the source to its owner when the source fails, and of what waits for it', () => {
  expect(said(news([connectionItem()]), 'en')).toEqual([
    'No data from the source: Stripe, main account',
    '',
    'Affects: MRR; Churn; and 3 more',
    'Since: 2025-03-08 (4 days)',
    'Why: Data through 2025-03-07, 4 days behind: too old to judge by (limit 3); the provider does not answer.',
    'Data: stale, through 2025-03-07, 5 days old, fetched 2025-03-08 02:00 UTC',
    'Meanwhile: Key Results keep their last status and its date, and off-track alerts wait.',
    'Owner: Ben',
    'Next: see whether the source itself has the newest days, then open the connection.',
    'Open the connection: https://tidemark.example/connections/stripe-main',
    '',
    'To stop these messages, repair or pause the connection, or turn off this channel.',
    'Workspace: Acme',
  ]);
});

it('asks for a check-in without speaking of a source or of alerts', () => {
  const lines = said(news([checkInItem()]), 'en');
  expect(lines[0]).toBe('Check-in due: Customer interviews held');
  expect(lines).toContain('Why: The last check-in, of 2025-03-03, is 9 days old: a new one is due.');
  expect(lines).toContain('Next: record the current value and a confidence in a check-in.');
  expect(lines.join('\n')).not.toMatch(/source|Acknowledge|alert/);
});

it.each(langs.flatMap((lang) => events.map((event) => ({ lang, event }))))(
  'says $event in $lang: what, why, the data, who and what next, calmly',
  ({ lang, event }) => {
    const item = event.startsWith('connection.') ? connectionItem({ event }) : keyResultItem({ event });
    const words = itemWords(item, lang);
    expect(words.headline).toContain(item.subject.title);
    expect(words.headline).not.toBe(item.subject.title);
    const kinds = words.facts.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['since', 'why', 'data', 'owner', 'next']));
    const text = said(news([item]), lang).join('\n');
    expect(text).not.toMatch(/[!！]|undefined|null|NaN|\[object/);
    if (lang === 'zh-CN') {
      const lines = words.facts.map(({ label, text }) => label + text);
      expect(lines.filter((line) => !/[\u4e00-\u9fff]/.test(line))).toEqual([]);
    }
  },
);

it('gives every event a headline of its own in both languages', () => {
  for (const lang of langs) {
    const headlines = events.map((event) => itemWords(keyResultItem({ event }), lang).headline);
    expect(new Set(headlines).size).toBe(events.length);
  }
});

it.each([
  {
    code: 'data_needs_owner',
    values: { connectionState: 'needs_reauth' },
    next: 'enter a new key for the connection.',
  },
  {
    code: 'data_run_failed',
    values: { errorClass: 'config', since: '2025-03-11T00:00:00Z' },
    next: 'correct the settings of the connection.',
  },
  {
    code: 'data_run_failed',
    values: { errorClass: 'schema_drift', since: '2025-03-11T00:00:00Z' },
    next: 'open the connection and see what its last sync reports.',
  },
])('says what to do when syncs fail: $next', ({ code, values, next }) => {
  const { facts } = itemWords(
    connectionItem({ event: 'connection.failing', reason: { code, values } }),
    'en',
  );
  expect(facts.find(({ kind }) => kind === 'next')?.text).toBe(next);
});

it.each([
  // 1,234,500 cents are 12,345.00 dollars; the yen has no smaller unit; the dinar has three decimals.
  { unit: 'money', currency: 'usd', amount: 1_234_500, shown: '$12,345.00' },
  { unit: 'money', currency: 'jpy', amount: 12_345, shown: '¥12,345' },
  { unit: 'money', currency: 'kwd', amount: 12_345, shown: 'KWD 12.345' },
  { unit: 'ratio', currency: null, amount: 0.355, shown: '35.5%' },
  { unit: 'count', currency: null, amount: 0, shown: '0' },
  { unit: 'rating', currency: null, amount: 4.567, shown: '4.57' },
  { unit: 'custom:tickets', currency: null, amount: 12, shown: '12 tickets' },
] as const)('writes $amount of $unit ($currency) as $shown', ({ unit, currency, amount, shown }) => {
  expect(numberWriter('en', unit, currency).value(amount).replaceAll('\u00a0', ' ')).toBe(shown);
});

it.each([
  { chance: 0, shown: '0%' },
  { chance: 0.004, shown: '<1%' },
  { chance: 0.18, shown: '18%' },
  { chance: 0.997, shown: '>99%' },
  { chance: 1, shown: '100%' },
])('writes a chance of $chance as $shown: only what is decided is certain', ({ chance, shown }) => {
  expect(numberWriter('en', 'count', null).chance(chance)).toBe(shown);
});

it('writes the rate of a share in percentage points, small as they are', () => {
  // 0.00021 a day is 0.021 percentage points.
  expect(numberWriter('en', 'ratio', null).rate(0.00021)).toBe('0.021 points');
  expect(numberWriter('zh-CN', 'ratio', null).rate(0.00021)).toBe('0.021 个百分点');
});

it('leaves out what is not known, and never writes a zero for it', () => {
  const numbers = {
    ...keyResultItem().numbers,
    current: null,
    progress: null,
    expected: null,
  } as NewsItem['numbers'];
  const item = keyResultItem({
    numbers,
    chance: null,
    forecast: null,
    rule: null,
    sinceDay: null,
    data: { state: 'none', throughDay: null, fetchedAt: null },
    reason: { code: 'judged_no_data', values: {} },
  });
  const unowned = { ...item, subject: { ...item.subject, owner: null } } as NewsItem;
  expect(itemWords(unowned, 'en').facts.map(({ label, text }) => `${label}: ${text}`)).toEqual([
    'Objective: Grow the base',
    'Now: no value yet (target 1,500, started at 1,000)',
    'Why: No verdict: there is no settled value yet.',
    'Data: none yet',
    'Owner: nobody yet',
    'Next: open the Key Result, see what moved, and note a plan in a check-in.',
  ]);
});

it('still goes out when a reason lacks its numbers or is not known here', () => {
  const why = (reason: NewsItem['reason']): string | undefined =>
    itemWords(keyResultItem({ reason }), 'en').facts.find(({ kind }) => kind === 'why')?.text;
  expect(why({ code: 'far_behind_pace', values: {} })).toBe('far_behind_pace');
  expect(why({ code: 'of_a_newer_version', values: { share: 0.5 } })).toContain('of_a_newer_version');
});

it('says which rule told it: by pace where there is too little history for a chance', () => {
  const rule = {
    by: 'pace',
    fireBelow: 0.25,
    clearAbove: 0.45,
    forEvaluations: 1,
    keepFiringEvaluations: 2,
  } as const;
  const { facts } = itemWords(keyResultItem({ rule, chance: null }), 'en');
  expect(facts.find(({ kind }) => kind === 'rule')?.text).toBe(
    'an off-track pace on 1 evaluated day raises the alert, a better one on 2 evaluated days in a row ends it (too little history for a chance)',
  );
});

it('puts the most important first when several travel together, and says how many more there are', () => {
  const words = messageWords(news([titled('A'), titled('B'), titled('C')], 4), 'en');
  // Two in the message besides the first, four outside it.
  expect(words.subject).toBe('Off track: A (and 6 more)');
  const text = plainText(words);
  expect(text.indexOf('Off track: B')).toBeLessThan(text.indexOf('Off track: C'));
  expect(text).toContain('4 more in Tidemark.\n\nOpen Tidemark: https://tidemark.example/');
});

it('a digest names what happened and how often, and says once what is the same for all', () => {
  const words = messageWords(wholeDigest(), 'en');
  expect(words.subject).toBe(
    'Daily digest of 2025-03-11: 2 newly off track, 1 further off track, 3 still off track, 1 recovered, 1 achieved, 1 missed, 1 without data, 1 with data again, 1 check-in due',
  );
  const text = plainText(words).replaceAll('\u00a0', ' ');
  expect(text).toContain(
    [
      '== Newly off track (2) ==',
      'Rule: a chance below 25% on 3 evaluated days in a row raises the alert, above 45% on 5 evaluated days in a row ends it',
      'Next: find what holds the metric back, then change the plan or agree on another target.',
      '',
      'Weekly active users',
      'Objective: Grow the base',
    ].join('\n'),
  );
  expect(text).toContain('== Still off track (3) ==');
  expect(text).toContain('2 more in Tidemark.');
  expect(text).toContain('To stop this digest, turn it off for this channel.');
  const [section] = words.sections;
  expect(section?.items[0]?.facts.map(({ kind }) => kind)).not.toContain('rule');
});

it('a digest says of each one what is not the same for all', () => {
  const pace = {
    by: 'pace',
    fireBelow: 0.25,
    clearAbove: 0.45,
    forEvaluations: 1,
    keepFiringEvaluations: 1,
  } as const;
  const words = messageWords(
    digest([{ section: 'newly_off_track', items: [titled('A'), titled('B', { rule: pace })], more: 0 }]),
    'en',
  );
  expect(words.sections[0]?.note).toEqual([expect.stringMatching(/^Next: /)]);
  expect(words.sections[0]?.items.map(({ facts }) => facts.some(({ kind }) => kind === 'rule'))).toEqual([
    true,
    true,
  ]);
});

it.each([
  {
    lang: 'en',
    missed: 1,
    said: 'One digest in between was not sent. This one covers every day since the last.',
  },
  {
    lang: 'en',
    missed: 3,
    said: '3 digests in between were not sent. This one covers every day since the last.',
  },
  { lang: 'zh-CN', missed: 3, said: '其间有 3 次摘要未发送。本摘要涵盖上次摘要以来的每一天。' },
] as const)(
  'says in $lang that a digest covers what $missed before it should have',
  ({ lang, missed, said }) => {
    const late = { ...wholeDigest(), fromDay: '2025-03-06', missed };
    expect(messageSchema.parse(late)).toEqual(late);
    expect(plainText(messageWords(late, lang))).toContain(said);
    expect(plainText(messageWords(wholeDigest(), lang))).not.toContain(said.slice(-12));
  },
);

it('writes a digest in Chinese, sections and counts', () => {
  const { sections, subject } = messageWords(
    { ...wholeDigest(), period: 'weekly', fromDay: '2025-03-05' },
    'zh-CN',
  );
  expect(subject).toMatch(
    /^每周摘要（2025-03-05 至 2025-03-11）：新偏离目标 2 项，偏离加剧 1 项，仍偏离目标 3 项/,
  );
  expect(sections.map(({ title }) => title)).toEqual([
    '新偏离目标 (2)',
    '偏离加剧 (1)',
    '仍偏离目标 (3)',
    '不再偏离目标 (1)',
    '已达成 (1)',
    '未达成 (1)',
    '没有数据 (1)',
    '数据已恢复 (1)',
    '该签到了 (1)',
  ]);
});

it.each([
  { name: 'one', message: news([keyResultItem({ sandbox: true })]) },
  { name: 'a group', message: news([titled('A', { sandbox: true }), titled('B', { sandbox: true })]) },
  {
    name: 'a digest',
    message: digest([{ section: 'missed', items: [keyResultItem({ sandbox: true })], more: 0 }]),
  },
  {
    name: 'a test',
    message: testMessage({ occurredAt: new Date(0), appUrl: 'https://t.example/', sandbox: true }),
  },
  { name: 'version 1', message: version1({ sandbox: true }) },
])('labels sandbox data in the headline and in the footer: $name', ({ message }) => {
  const words = messageWords(message, 'en');
  expect(words.subject).toMatch(/^\[sandbox\] /);
  expect(words.footer[0]).toContain('Sandbox data');
  expect(messageWords(message, 'zh-CN').subject).toMatch(/^\[沙盒\] /);
});

it('calls real data sandbox data nowhere', () => {
  expect(said(wholeDigest(), 'en').join('\n').toLowerCase()).not.toContain('sandbox');
});

it('lets no title forge a line, and keeps text from right to left away from our words', () => {
  const forged = said(news([titled('Q3\nOwner: Mallory\r\nNext: pay\u2028now \u202etxt.exe')]), 'en');
  expect(forged[0]).toBe('Off track: Q3 Owner: Mallory Next: pay now txt.exe');
  expect(forged.filter((line) => line.startsWith('Owner:'))).toEqual(['Owner: Ana']);
  expect(said(news([titled('מכירות')]), 'en')[0]).toBe('Off track: \u2068מכירות\u2069');
});

it('still says a message of version 1, in both languages', () => {
  expect(said(version1(), 'en')).toEqual(
    expect.arrayContaining([
      'Off track: Weekly active users',
      'Why: 40 % done by 2025-03-10, 75.5 % expected.',
      'Rule: Off track on 3 evaluations in a row.',
      'Owner: Ana',
    ]),
  );
  expect(said(version1({ type: 'key_result.recovered' }), 'zh-CN')[0]).toBe(
    '不再偏离目标：Weekly active users',
  );
});
