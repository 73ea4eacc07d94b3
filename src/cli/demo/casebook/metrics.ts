import { TEAM_FORM } from '../../../../sandbox/index.ts';
import type { FormulaDraft, MetricDraft } from '../plan.ts';
import {
  cartAbandonment,
  lifetimeValue,
  newReleaseViewers,
  sessionsPerUserDay,
  storeConversion,
  viewingMinutes,
} from './queries.ts';

type Row = [key: string, title: string, metric: string, params: Record<string, unknown>];

function of(connection: string, rows: Row[], more: Partial<MetricDraft> = {}): MetricDraft[] {
  return rows.map(([key, title, metric, params]) => ({ connection, key, title, metric, params, ...more }));
}

const usd = { currency: 'usd' };
/** A night's export is there soon after midnight, and one night may fail. */
const query = (query: string, more: Record<string, unknown>) => ({ query, settlesAfterHours: 4, ...more });
const ratio = { kind: 'ratio', unit: 'ratio' };

/** What the casebook's Key Results look at, by the account that knows it. */
export const metrics: readonly MetricDraft[] = [
  ...of('stripe', [
    ['trial-to-paid', 'Trials that become paid', 'trial_to_paid', {}],
    ['referral-revenue', 'Revenue from referrals', 'referral_revenue', { ...usd, coupons: ['WELCOME20'] }],
    ['up-sell', 'Expansion MRR of a month', 'mrr_expansion', usd],
    ['down-sell', 'Contraction MRR of a month', 'mrr_contraction', usd],
    ['net-retention', 'Net revenue retention over 12 months', 'nrr', usd],
    ['referral-mrr', 'New MRR from referrals', 'referral_new_mrr', { ...usd, metadata: ['source=referral'] }],
    ['new-mrr', 'New MRR by day', 'mrr_new', { ...usd, window: 'day' }],
    ['churn', 'Customer churn of a month', 'logo_churn_rate', {}],
  ]),
  ...of('ga4', [
    ['time-in-app', 'Engagement per active user and day', 'engagement_seconds_per_user_day', {}],
    ['active-users', 'Different users of 30 days', 'users', { days: 30 }],
  ]),
  ...of('mixpanel', [
    [
      'trial-sign-ups',
      'Sign-ups that start a trial',
      'events_funnel_conversion',
      { steps: ['Sign Up', 'Free Trial Started'], withinHours: 168 },
    ],
    [
      'form-drop-off',
      'Drop-off in the sign-up form',
      'events_dropoff_rate',
      { steps: ['Sign Up Started', 'Sign Up'], withinHours: 24 },
    ],
    [
      'onboarded',
      'New users who complete onboarding',
      'events_onboarding_completion_rate',
      { signupEvent: 'Sign Up', requiredSteps: ['Project Created'], withinDays: 7 },
    ],
    [
      'activated',
      'New users who create three projects',
      'events_activation_rate',
      { signupEvent: 'Sign Up', event: 'Project Created', minCount: 3, withinDays: 14 },
    ],
    [
      'retention',
      'Retention after one month',
      'events_retention',
      {
        startEvent: 'Sign Up',
        returnEvent: 'Page Viewed',
        criterion: 'bracket',
        bracketDays: [30, 59],
        window: '28d',
      },
    ],
    [
      'reviewers',
      'Willing to leave a review',
      'events_review_acceptance_rate',
      { promptEvent: 'Review Prompted', acceptEvent: 'Review Accepted', window: '28d' },
    ],
    [
      'sharers',
      'Users who share',
      'events_share_rate',
      { shareEvent: 'Report Shared', activeEvent: 'Page Viewed', window: '30d' },
    ],
  ]),
  ...of('jira', [
    ['velocity', 'Sprint velocity', 'sprint_velocity', { board: 12, lastN: 3 }],
    ['bugs-per-feature', 'Bugs per feature', 'bugs_per_feature', { project: 'ACME' }],
    [
      'hypotheses',
      'Hypotheses confirmed or rejected',
      'issue_count',
      { project: 'ACME', by: 'resolved', labels: ['hypothesis'], notDone: ['Duplicate'] },
    ],
  ]),
  ...of('github', [
    ['lead-time', 'From asked for to done', 'lead_time', { labels: ['enhancement'] }],
    ['release-bugs', 'Bugs found after the release', 'post_release_bugs', { bugLabels: ['production'] }],
    [
      'deployment',
      'Deployment time',
      'deployment_minutes',
      { workflow: 'deploy.yml', branch: 'main', stat: 'median' },
    ],
  ]),
  ...of('codecov', [['coverage', 'Coverage by unit tests', 'flag_coverage', { repo: 'app', flag: 'unit' }]]),
  ...of('app-store', [['app-store-rating', 'App Store rating', 'rating', { countries: ['us', 'de'] }]]),
  ...of('sheet', [
    [
      'remote-tests',
      'Remote tests completed',
      'row_count',
      {
        range: 'Remote tests!A:C',
        dateColumn: 'Date',
        labelColumn: 'Status',
        labels: ['completed'],
        idColumn: 'Session',
      },
    ],
    [
      'learning-time',
      'Learning time of all hours',
      'series',
      {
        range: 'Learning!A:C',
        dateColumn: 'Week',
        kind: 'ratio',
        unit: 'ratio',
        numeratorColumn: 'Learning hours',
        denominatorColumn: 'All hours',
        staleAfterDays: 9, // written down once a week
      },
    ],
    [
      'learning-plans',
      'Learning plans completed',
      'series',
      {
        range: 'Plans!A:C',
        dateColumn: 'Date',
        kind: 'ratio',
        unit: 'ratio',
        numeratorColumn: 'Done',
        denominatorColumn: 'Planned',
        staleAfterDays: 9, // written down once a week
      },
    ],
    [
      'spend',
      'Spend on sales and marketing',
      'series',
      {
        range: 'Spend!A:B',
        dateColumn: 'Date',
        valueColumn: 'Sales and marketing',
        unit: 'money',
        currency: 'usd',
      },
    ],
    [
      'gross-margin',
      'Gross margin of a month',
      'series',
      {
        range: 'Books!A:C',
        dateColumn: 'Month end',
        kind: 'ratio',
        unit: 'ratio',
        numeratorColumn: 'Revenue',
        minusColumn: 'Cost of revenue',
        denominatorColumn: 'Revenue',
        staleAfterDays: 45,
      },
    ],
  ]),
  ...of('google-play', [
    [
      'google-play-rating',
      'Google Play rating of the newest version',
      'store_rating',
      { appVersion: 'newest' },
    ],
  ]),
  // Tickets come a hundred a page, and a minute takes a hundred pages.
  ...of(
    'zendesk',
    [
      ['tickets', 'Support requests', 'ticket_count', {}],
      ['usability-tickets', 'Support requests about usability', 'ticket_count', { tags: ['usability'] }],
    ],
    { historyDays: 125 },
  ),
  ...of('typeform', [
    ['nps', 'Mean answer of users: would you recommend us', 'nps_average', { dedupe: 'all' }],
    [
      'team-nps',
      'Mean answer of the team: would you recommend us',
      'nps_average',
      { form: TEAM_FORM, days: 28, dedupe: 'all' },
    ],
  ]),
  ...of('blog', [
    ['posts', 'Posts about our product process', 'post_count', { category: 'product-process' }],
  ]),
  ...of('calendar', [
    ['problem-interviews', 'Problem interviews held', 'event_count', { tag: 'problem-interview' }],
    ['usability-tests', 'Usability tests held', 'event_count', { tag: 'usability-live' }],
    ['churn-interviews', 'Calls with customers who left', 'event_count', { tag: 'churn-interview' }],
    ['sharing-sessions', 'Knowledge-sharing sessions held', 'event_count', { tag: 'knowledge-sharing' }],
    ['meet-ups', 'Meet-ups attended', 'event_count', { tag: 'meetup' }],
  ]),
  ...of('warehouse', [
    [
      'app-sessions',
      'Sessions per user and day in the app',
      'query',
      query(sessionsPerUserDay, { kind: 'ratio', unit: 'custom:sessions' }),
    ],
    [
      'ltv',
      'Lifetime value of a subscriber',
      'query',
      query(lifetimeValue, { kind: 'stock', unit: 'money', currency: 'usd', moneyIn: 'minor' }),
    ],
    [
      'viewing',
      'Viewing time per viewer of a month',
      'query',
      query(viewingMinutes, { kind: 'ratio', unit: 'custom:minutes' }),
    ],
    [
      'new-release-viewers',
      'Viewers of new releases in a month',
      'query',
      query(newReleaseViewers, { kind: 'stock' }),
    ],
    ['store-conversion', 'Conversion of stores', 'query', query(storeConversion, ratio)],
    ['cart-abandonment', 'Abandoned carts', 'query', query(cartAbandonment, ratio)],
  ]),
];

/** Metrics over others: a month is thirty days here, so that both sides have the same one. */
export const formulas: readonly FormulaDraft[] = [
  {
    key: 'requests-per-user',
    title: 'Support requests per user in 30 days',
    formula: 'rolling_sum(tickets, 30) / `active-users`',
    unit: 'custom:requests',
  },
  {
    key: 'payback',
    title: 'Months until a customer has paid for being won',
    // Spend by the gross profit of what new customers pay in a month; 73 % is the margin of the plan.
    formula: 'rolling_sum(spend, 91) / (rolling_sum(`new-mrr`, 91) * 0.73)',
    unit: 'custom:months',
  },
];
