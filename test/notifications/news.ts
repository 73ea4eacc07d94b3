import type { News, NewsItem } from '../../src/app/news.ts';

export type NewsOf<Type extends News['type']> = Extract<News, { type: Type }>;

/** An off-track Key Result with everything that a message can say; each test changes what it is about. */
export function keyResultItem(change: Partial<NewsItem> = {}): NewsItem {
  return {
    alertId: 'alr_1',
    event: 'key_result.off_track',
    severity: 'critical',
    at: '2025-03-12T06:00:00.000Z',
    sinceDay: '2025-03-08',
    subject: {
      kind: 'key_result',
      id: 'kr_1',
      key: 'growth.wau',
      title: 'Weekly active users',
      owner: 'Ana',
      objective: { id: 'obj_1', title: 'Grow the base' },
    },
    numbers: {
      current: 1_200,
      start: 1_000,
      target: 1_500,
      unit: 'count',
      currency: null,
      progress: 0.4,
      expected: 0.755,
    },
    chance: { now: 0.18, weekAgo: 0.41 },
    forecast: {
      deadlineDay: '2025-03-31',
      p10: 1_220,
      p50: 1_310,
      p90: 1_400,
      needed: 15,
      recent: 4.125,
      step: 'day',
    },
    reason: {
      code: 'far_behind_pace',
      values: {
        progress: 0.4,
        expected: 0.755,
        asOfDay: '2025-03-10',
        gap: -0.355,
        ratio: 0.53,
        missingDays: 0,
      },
    },
    rule: {
      by: 'chance',
      fireBelow: 0.25,
      clearAbove: 0.45,
      forEvaluations: 3,
      keepFiringEvaluations: 5,
    },
    data: { state: 'fresh', throughDay: '2025-03-10', fetchedAt: '2025-03-12T05:58:12.000Z' },
    chart: chart(),
    sandbox: false,
    links: {
      open: 'https://tidemark.example/key-results/growth.wau',
      acknowledge: 'https://tidemark.example/alerts/alr_1?do=acknowledge',
      snooze: 'https://tidemark.example/alerts/alr_1?do=snooze',
    },
    ...change,
  };
}

/** The same Key Result under another title. */
export function titled(title: string, change: Partial<NewsItem> = {}): NewsItem {
  const item = keyResultItem(change);
  return { ...item, subject: { ...item.subject, title } };
}

/** A source that stopped: nothing of the Key Results' team is in it. */
export function connectionItem(change: Partial<NewsItem> = {}): NewsItem {
  return {
    ...keyResultItem(),
    event: 'connection.no_data',
    subject: {
      kind: 'connection',
      id: 'con_1',
      key: 'stripe-main',
      title: 'Stripe, main account',
      owner: 'Ben',
      keyResults: [
        { key: 'growth.mrr', title: 'MRR' },
        { key: 'growth.churn', title: 'Churn' },
      ],
      keyResultCount: 5,
    },
    numbers: null,
    chance: null,
    forecast: null,
    reason: {
      code: 'data_stale',
      values: { throughDay: '2025-03-07', behindDays: 4, staleAfterDays: 3, errorClass: 'transient' },
    },
    rule: null,
    data: { state: 'stale', throughDay: '2025-03-07', fetchedAt: '2025-03-08T02:00:00.000Z' },
    chart: null,
    links: { open: 'https://tidemark.example/connections/stripe-main', acknowledge: null, snooze: null },
    ...change,
  };
}

/** A Key Result that only a person can update. */
export function checkInItem(): NewsItem {
  const item = titled('Customer interviews held', {
    event: 'key_result.check_in_due',
    severity: 'info',
    sinceDay: '2025-03-10',
    alertId: null,
    chance: null,
    forecast: null,
    rule: null,
    chart: null,
    reason: { code: 'data_check_in_due', values: { throughDay: '2025-03-03', days: 9 } },
    data: { state: 'late', throughDay: '2025-03-03', fetchedAt: null },
  });
  return { ...item, links: { ...item.links, acknowledge: null, snooze: null } };
}

export function news(items: NewsItem[] = [keyResultItem()], more = 0): NewsOf<'news'> {
  return {
    v: 2,
    type: 'news',
    workspace: 'Acme',
    occurredAt: '2025-03-12T06:10:00.000Z',
    items,
    more,
    appUrl: 'https://tidemark.example/',
  };
}

export function digest(sections: NewsOf<'digest'>['sections']): NewsOf<'digest'> {
  return {
    v: 2,
    type: 'digest',
    workspace: 'Acme',
    occurredAt: '2025-03-12T00:00:00.000Z',
    period: 'daily',
    fromDay: '2025-03-11',
    throughDay: '2025-03-11',
    sections,
    appUrl: 'https://tidemark.example/',
  };
}

/** One of every section. */
export function wholeDigest(): NewsOf<'digest'> {
  const of = (title: string, event: NewsItem['event']): NewsItem => titled(title, { event, chart: null });
  return digest([
    {
      section: 'newly_off_track',
      items: [of('Weekly active users', 'key_result.off_track'), of('Trial starts', 'key_result.off_track')],
      more: 0,
    },
    { section: 'got_worse', items: [of('Activation', 'key_result.got_worse')], more: 0 },
    {
      section: 'still_off_track',
      items: [of('Paid conversions', 'key_result.still_off_track')],
      more: 2,
    },
    { section: 'recovered', items: [of('MRR', 'key_result.recovered')], more: 0 },
    { section: 'achieved', items: [of('NPS', 'key_result.achieved')], more: 0 },
    { section: 'missed', items: [of('Referrals', 'key_result.missed')], more: 0 },
    { section: 'no_data', items: [connectionItem()], more: 0 },
    { section: 'data_back', items: [connectionItem({ event: 'connection.data_back' })], more: 0 },
    { section: 'check_in_due', items: [checkInItem()], more: 0 },
  ]);
}

function chart(): NonNullable<NewsItem['chart']> {
  return {
    startDay: '2025-01-01',
    endDay: '2025-04-01',
    today: '2025-03-12',
    target: 1_500,
    bounds: null,
    points: [
      ['2025-03-09', 1_190, 1_370, true],
      ['2025-03-10', 1_200, 1_377.5, true],
      ['2025-03-11', null, 1_383, false],
    ],
    forecast: { asOfDay: '2025-03-10', days: [['2025-03-31', 1_220, 1_310, 1_400]] },
    initiatives: [{ title: 'New onboarding', startDay: '2025-02-01', endDay: null }],
  };
}
