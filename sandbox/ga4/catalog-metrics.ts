import type { MetricInfo } from './catalog.ts';

function metric(
  apiName: string,
  uiName: string,
  category: string,
  description: string,
  more: Partial<Pick<MetricInfo, 'type' | 'expression' | 'deprecatedApiNames'>> = {},
): MetricInfo {
  return { apiName, uiName, description, category, type: 'TYPE_INTEGER', ...more };
}

const rate = { type: 'TYPE_FLOAT' } as const;
const seconds = { type: 'TYPE_SECONDS' } as const;
const currency = { type: 'TYPE_CURRENCY' } as const;
const SHOP = 'Ecommerce';

export const PLAIN_METRICS: readonly MetricInfo[] = [
  metric('newUsers', 'New users', 'User', 'Users who came for the first time.'),
  metric('totalUsers', 'Total users', 'User', 'Distinct users with at least one event.'),
  metric('activeUsers', 'Active users', 'User', 'Distinct users with an engaged or a first session.'),
  metric('active1DayUsers', '1-day active users', 'User', 'Distinct active users of the last day.'),
  metric('active7DayUsers', '7-day active users', 'User', 'Distinct active users of the last 7 days.'),
  metric('active28DayUsers', '28-day active users', 'User', 'Distinct active users of the last 28 days.'),
  metric('dauPerMau', 'DAU / MAU', 'User', 'Of those active in 30 days, the share active on the last.', rate),
  metric('dauPerWau', 'DAU / WAU', 'User', 'Of those active in 7 days, the share active on the last.', rate),
  metric(
    'wauPerMau',
    'WAU / MAU',
    'User',
    'Of those active in 30 days, the share active in the last 7.',
    rate,
  ),
  metric('cohortActiveUsers', 'Cohort active users', 'Cohort', 'Users of the cohort who were active.'),
  metric('cohortTotalUsers', 'Cohort total users', 'Cohort', 'All users of the cohort.'),
  metric('sessions', 'Sessions', 'Session', 'Sessions that began.'),
  metric('engagedSessions', 'Engaged sessions', 'Session', 'Over 10 s, with a key event, or with 2 views.'),
  metric('engagementRate', 'Engagement rate', 'Session', 'Engaged sessions, of all.', {
    ...rate,
    expression: 'engagedSessions/sessions',
  }),
  metric('bounceRate', 'Bounce rate', 'Session', 'Sessions that were not engaged, of all.', rate),
  metric('averageSessionDuration', 'Average session duration', 'Session', 'Their mean length.', seconds),
  metric('sessionsPerUser', 'Sessions per user', 'Session', 'Sessions over active users.', rate),
  metric('eventsPerSession', 'Events per session', 'Session', 'Events over sessions.', rate),
  metric('screenPageViewsPerSession', 'Views per session', 'Page / Screen', 'Views over sessions.', rate),
  metric('screenPageViewsPerUser', 'Views per user', 'Page / Screen', 'Views over active users.', rate),
  metric('userEngagementDuration', 'User engagement', 'User', 'Time in the foreground.', seconds),
  metric('eventCount', 'Event count', 'Event', 'How many events there were.'),
  metric('eventCountPerUser', 'Event count per user', 'Event', 'Events over active users.', rate),
  metric('eventValue', 'Event value', 'Event', 'The sum of the parameter value.', { type: 'TYPE_STANDARD' }),
  metric('screenPageViews', 'Views', 'Page / Screen', 'How many pages were viewed.'),
  metric('transactions', 'Transactions', SHOP, 'Distinct purchases.'),
  metric('ecommercePurchases', 'Purchases', SHOP, 'Purchases that were completed.'),
  metric('totalPurchasers', 'Total purchasers', SHOP, 'Users who bought something.'),
  metric('addToCarts', 'Add to carts', SHOP, 'How often something was put into a cart.'),
  metric('checkouts', 'Checkouts', SHOP, 'How often a checkout began.'),
  metric('itemsPurchased', 'Items purchased', SHOP, 'How many pieces were bought.'),
  metric('itemsViewed', 'Items viewed', SHOP, 'How many were looked at.'),
  metric('cartToViewRate', 'Cart-to-view rate', SHOP, 'Users who filled a cart, of those who looked.', rate),
  metric('purchaseToViewRate', 'Purchase-to-view rate', SHOP, 'Users who bought, of those who looked.', rate),
];

const MONEY = 'Revenue';
export const CURRENCY_METRICS: readonly MetricInfo[] = [
  metric('totalRevenue', 'Total revenue', MONEY, 'Purchases less refunds; there are no ads.', currency),
  metric('purchaseRevenue', 'Purchase revenue', MONEY, 'Purchases less refunds.', currency),
  metric('grossPurchaseRevenue', 'Gross purchase revenue', MONEY, 'Purchases alone.', currency),
  metric('refundAmount', 'Refund amount', MONEY, 'What was given back, on the day of the refund.', currency),
  metric('averagePurchaseRevenue', 'Average purchase revenue', MONEY, 'For each transaction.', currency),
  metric('averageRevenuePerUser', 'ARPU', MONEY, 'Total revenue over active users.', currency),
  metric('advertiserAdCost', 'Ads cost', 'Advertising', 'What ads cost; no ads are linked.', currency),
];

/** Those that take an event after a colon, such as `keyEvents:sign_up`. */
export const KEY_EVENT_METRICS: readonly MetricInfo[] = [
  metric('keyEvents', 'Key events', 'Event', 'How often key events happened.', {
    ...rate,
    deprecatedApiNames: ['conversions'],
  }),
  metric('sessionKeyEventRate', 'Session key event rate', 'Session', 'Sessions with a key event, of all.', {
    ...rate,
    deprecatedApiNames: ['sessionConversionRate'],
  }),
  metric('userKeyEventRate', 'User key event rate', 'User', 'Users with a key event, of all.', {
    ...rate,
    deprecatedApiNames: ['userConversionRate'],
  }),
];

export const ITEM_METRICS: readonly string[] = ['itemsPurchased', 'itemsViewed'];
export const COST_METRICS: readonly string[] = ['advertiserAdCost'];
export const COHORT_METRICS: readonly string[] = ['cohortActiveUsers', 'cohortTotalUsers'];
