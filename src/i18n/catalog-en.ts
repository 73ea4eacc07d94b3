import type { MetricKey } from '../domain/catalog/definition-versions.ts';
import type { Stage, WindowRule } from '../domain/catalog/types.ts';

/** What people read about a metric: its name, what it is, how to read it, and what each of its parameters means. */
type MetricText = { title: string; definition: string; reading: string; params: Record<string, string> };

const more = 'Higher is better.';
const less = 'Lower is better.';

const minCohort = {
  minCohort: 'With fewer people than this there is no value, because chance would decide it.',
};
const passive = {
  passiveEvents: 'Events that happen to people rather than being done by them; they make nobody active.',
};
const active = { activeEvent: 'The event that makes somebody active; "*" is any of them.', ...passive };
const gap = {
  gapMinutes:
    'After this many minutes without an event a new session begins, where sessions are made from events.',
  ...passive,
};
const clock = {
  clock:
    'Whether days are counted in hours from each person’s own start (rolling) or by the calendar of the time zone (calendar).',
};
const signup = { signupEvent: 'The event that a person signs up with; the first one counts.' };
const steps = {
  steps: 'The events of the way, in their order; others may lie between.',
  withinHours: 'How many hours after the first step the last one still counts.',
};
const discount = {
  discountPolicy:
    'Which discounts lower the revenue: those that recur (the default), those that run forever, all, or none.',
};
const survey = {
  dedupe: 'Whether each person’s latest answer counts, or every answer.',
  minResponses: 'With fewer answers than this there is no value.',
};
const types = {
  bugTypes: 'What your tracker calls a bug.',
  featureTypes: 'What your tracker calls a feature.',
};
const stat = 'Which number stands for all of them: the mean, the median, or what 85 % stay below (p85).';

export const metricsEn = {
  new_users: {
    title: 'New users',
    definition: 'People who signed up for the first time ever in the window.',
    reading: `${more} It counts people, so somebody who signs up again is not new.`,
    params: signup,
  },
  active_users: {
    title: 'Active users',
    definition: 'Different people with at least one active event in the window.',
    reading: `${more} Windows may not be added up: somebody seen in two of them is one person.`,
    params: active,
  },
  funnel_conversion: {
    title: 'Funnel conversion',
    definition:
      'The share of people who took every step in order, of those who took the first and whose time has run out.',
    reading: `${more} It lags behind by the time that people are given.`,
    params: { ...steps, ...minCohort },
  },
  dropoff_rate: {
    title: 'Drop-off rate',
    definition:
      'The share of people who began and did not reach the last step in time: one less the funnel conversion.',
    reading: `${less} It is about one process and says nothing about customers who leave.`,
    params: { ...steps, ...minCohort },
  },
  trial_to_paid_rate: {
    title: 'Trial to paid',
    definition:
      'The share of people who paid within the given days, of those who began a trial and whose time has run out.',
    reading: `${more} Trials that still run take no part, also those that have paid already.`,
    params: {
      trialEvent: 'The event that a trial begins with; each person’s first one counts.',
      paidEvent: 'The event that says that somebody has paid.',
      withinDays: 'How many days after its start a trial may still convert: its length and some grace.',
      trialEndProperty:
        'The property of the trial event that tells its real end, for trials that were extended.',
      graceDays: 'How many days after its real end a trial may still convert.',
      ...minCohort,
    },
  },
  activation_rate: {
    title: 'Activation rate',
    definition: 'The share of new people who did the activating thing often enough within their first days.',
    reading: `${more} People whose first days are not over take no part.`,
    params: {
      ...signup,
      event: 'The event that shows the value of the product.',
      minCount: 'How often it has to happen.',
      distinctProperty:
        'Count different values of this property, so that saving one thing three times counts once.',
      withinDays: 'How many days a new person has.',
      ...clock,
      ...minCohort,
    },
  },
  onboarding_completion_rate: {
    title: 'Onboarding completion',
    definition:
      'The share of new people who took all the required steps, in any order, within their first days.',
    reading: `${more} A step that is added later makes a new definition, or older people fall to zero.`,
    params: {
      ...signup,
      requiredSteps: 'The events that a complete onboarding consists of.',
      withinDays: 'How many days a new person has.',
      ...clock,
      ...minCohort,
    },
  },
  retention: {
    title: 'Retention',
    definition:
      'The share of a cohort that came back in the span that is asked for, of those whose span is over.',
    reading: `${more} The variants differ widely on the same data, so compare only equal ones.`,
    params: {
      startEvent: 'The event that makes somebody part of the cohort.',
      returnEvent: 'The event that counts as coming back; "*" is any.',
      ...passive,
      firstTimeOnly: 'Whether the first start event ever decides the cohort, or the first one of the window.',
      criterion:
        'When to come back: within the bracket of days, in one unit exactly (on), or in it or later.',
      bracketDays: 'The first and the last day of the bracket, counted from the start.',
      unit: 'The unit of the span when no bracket is used.',
      n: 'Which unit after the start is looked at.',
      ...clock,
      weekStart: 'The first day of a week on the calendar.',
      roundTo: 'Whether times are cut to the hour before they are compared, as one analytics tool does.',
      average: 'Whether people weigh the same (pooled) or the cohorts do (simple).',
      cohortUnit: 'How long one cohort is for the simple average.',
      ...minCohort,
    },
  },
  stickiness: {
    title: 'Stickiness',
    definition:
      'The mean number of people active on a day, divided by all the different people of the same days.',
    reading: `${more} Days on which nobody was active count as zero.`,
    params: { ...active, ...minCohort },
  },
  frequency_rate: {
    title: 'Frequent users',
    definition:
      'Of the different people active in the window, the share who were active on at least so many of its days.',
    reading: `${more} A longer window makes it higher: compare windows of one length.`,
    params: { ...active, minDays: 'On how many of the days somebody has to be active.', ...minCohort },
  },
  session_count: {
    title: 'Sessions',
    definition: 'Sessions that started in the window.',
    reading: `${more} One person with many sessions looks like many people with one.`,
    params: gap,
  },
  sessions_per_user_day: {
    title: 'Sessions per user and day',
    definition:
      'Sessions divided by user-days, where a user-day is one person with a session on one local day.',
    reading: `${more} Dividing by the people of the whole window would give another, larger number.`,
    params: { ...gap, ...minCohort },
  },
  time_in_app_per_user_day: {
    title: 'Time in the app per user and day',
    definition: 'Minutes of all sessions divided by user-days.',
    reading: `${more} Unless the product is there to save time.`,
    params: { ...gap, ...minCohort },
  },
  avg_session_minutes: {
    title: 'Session length',
    definition: 'Minutes of all sessions divided by the number of sessions.',
    reading: `${more} A session of a single event has a length of zero.`,
    params: { ...gap, ...minCohort },
  },
  mrr: {
    title: 'MRR',
    definition: 'Recurring revenue of one month, of all subscriptions that run at the close of the day.',
    reading: `${more} Trials, one-time charges, usage and tax are not in it.`,
    params: discount,
  },
  net_revenue: {
    title: 'Net revenue',
    definition:
      'Money received in the window less refunds and lost disputes, each in the window in which it happened.',
    reading: `${more} A refund of an older payment lowers the running window.`,
    params: { excludeTax: 'Whether the tax in the payments is taken out.' },
  },
  refunds: {
    title: 'Refunds',
    definition: 'Money given back in the window by refunds and lost disputes, as a positive amount.',
    reading: `${less} It counts when the money goes back, however old the payment is.`,
    params: { excludeTax: 'Whether the tax in the refunds is taken out.' },
  },
  arr: {
    title: 'ARR',
    definition: 'Twelve times the MRR at the close of the day.',
    reading: `${more} It is today’s month written as a year, and no forecast.`,
    params: discount,
  },
  paying_customers: {
    title: 'Paying customers',
    definition: 'Customers with an MRR above zero at the close of the day.',
    reading: `${more} A customer on trial or with a full discount is not one yet.`,
    params: discount,
  },
  new_paying_customers: {
    title: 'New paying customers',
    definition: 'Customers whose MRR rose above zero in the window for the first time ever.',
    reading: `${more} Who comes back is not new; it is what the cost of winning a customer is divided by.`,
    params: discount,
  },
  arpa: {
    title: 'Revenue per customer (ARPA)',
    definition: 'MRR divided by paying customers at the close of the day.',
    reading: `${more} Losing small customers raises it too.`,
    params: discount,
  },
  mrr_movements: {
    title: 'MRR movements',
    definition:
      'How the MRR went from the opening to the closing of the window: new, expansion, reactivation, contraction and churn.',
    reading: 'Higher is better for the net of all movements; each of its parts is told beside it.',
    params: discount,
  },
  mrr_new: {
    title: 'New MRR',
    definition: 'MRR of customers who never paid before, from their first paid day in the window.',
    reading: more,
    params: discount,
  },
  mrr_expansion: {
    title: 'Expansion MRR',
    definition:
      'MRR that existing customers added in the window, by seats, plans, add-ons or the end of a discount.',
    reading: `${more} It is up-selling by the month.`,
    params: discount,
  },
  mrr_contraction: {
    title: 'Contraction MRR',
    definition: 'MRR that customers who stayed took away in the window.',
    reading: `${less} Customers who left altogether are churn and not in it.`,
    params: discount,
  },
  mrr_churn: {
    title: 'Churned MRR',
    definition: 'MRR of customers who fell to zero in the window, booked when their paid access ends.',
    reading: less,
    params: discount,
  },
  mrr_reactivation: {
    title: 'Reactivation MRR',
    definition: 'MRR of former customers who pay again, however long they were away.',
    reading: more,
    params: discount,
  },
  nrr: {
    title: 'Net revenue retention',
    definition:
      'What the customers of the opening pay at the closing, divided by what they paid at the opening.',
    reading: `${more} Above 100 % the existing customers grow by themselves; read it over twelve months.`,
    params: discount,
  },
  grr: {
    title: 'Gross revenue retention',
    definition: 'As net revenue retention, with no customer counted above what they paid at the opening.',
    reading: `${more} It cannot pass 100 %, so nobody’s growth hides another’s loss.`,
    params: discount,
  },
  gross_mrr_churn_rate: {
    title: 'Gross MRR churn',
    definition: 'Churned and contracted MRR of the window, divided by the MRR at its opening.',
    reading: less,
    params: discount,
  },
  net_mrr_churn_rate: {
    title: 'Net MRR churn',
    definition:
      'Churned and contracted MRR less expansion and reactivation, divided by the MRR at the opening.',
    reading: `${less} Below zero the existing customers grow; it is not one less net revenue retention.`,
    params: discount,
  },
  logo_churn_rate: {
    title: 'Customer churn',
    definition: 'The share of the customers at the opening who no longer pay at the closing.',
    reading: `${less} It counts customers, large and small alike.`,
    params: {
      ...discount,
      method:
        'How the lost are counted: of the opening customers (cohort), by their movements (events), or as Stripe does (stripe).',
    },
  },
  ltv: {
    title: 'Lifetime value',
    definition: 'What a customer brings until they leave, from the revenue per customer and the churn.',
    reading: `${more} With little churn it becomes very large and very uncertain.`,
    params: {
      formula: 'Which formula is meant; they give different numbers.',
      assumedMinChurn: 'The churn that is assumed when none or less was measured.',
      maxLifetimeMonths: 'The longest lifetime that is believed, in months.',
    },
  },
  cac: {
    title: 'Cost per new customer (CAC)',
    definition: 'Sales and marketing spend divided by new paying customers of the same period.',
    reading: `${less} With media spend alone it is the paid CAC, which is lower.`,
    params: {},
  },
  cac_payback_months: {
    title: 'CAC payback',
    definition: 'How many months of gross margin it takes to earn back what a new customer has cost.',
    reading: less,
    params: {},
  },
  gross_margin: {
    title: 'Gross margin',
    definition: 'The share of revenue that is left after the cost of goods sold.',
    reading: `${more} Revenue here is what accounting recognises, which is not MRR.`,
    params: {},
  },
  referral_revenue: {
    title: 'Referral revenue',
    definition: 'Payments of referred customers in the window, without tax and less refunds.',
    reading: more,
    params: {},
  },
  referral_new_mrr: {
    title: 'New MRR from referrals',
    definition: 'New MRR of customers who were referred.',
    reading: `${more} What they add later is expansion and not in it.`,
    params: discount,
  },
  share_rate: {
    title: 'Share rate',
    definition: 'The share of the active people who shared something at least once in the window.',
    reading: more,
    params: { shareEvent: 'The event of sharing.', ...active, ...minCohort },
  },
  nps: {
    title: 'NPS',
    definition: 'The percentage of answers of 9 and 10 less that of answers of 0 to 6, from -100 to 100.',
    reading: `${more} It is another scale than the average answer, and neither can be turned into the other.`,
    params: survey,
  },
  nps_average: {
    title: 'Average recommendation score',
    definition: 'The mean of the answers from 0 to 10.',
    reading: `${more} Goals such as "8.0 to 9.5" mean this and not the NPS.`,
    params: survey,
  },
  csat: {
    title: 'Customer satisfaction (CSAT)',
    definition: 'The share of the answers that are positive.',
    reading: `${more} People who did not answer take no part.`,
    params: {
      scale: 'Whether answers are numbers, or good and bad.',
      scaleMax: 'The highest number of the scale.',
      positiveFrom: 'The lowest number that is positive.',
      ...survey,
    },
  },
  store_rating: {
    title: 'Store rating',
    definition: 'The mean rating over countries, weighted by the number of ratings in each.',
    reading: `${more} A store’s rating is of all times and moves slowly, unless it is reset.`,
    params: {
      countries: 'The countries that take part; all of them when none is named.',
      minRatings: 'With fewer ratings than this there is no value.',
    },
  },
  store_rating_delta: {
    title: 'Rating since a release',
    definition: 'The mean of the ratings given since a moment, from the totals before and after.',
    reading: `${more} With few new ratings it is uncertain, because stores round what they publish.`,
    params: { minRatings: 'With fewer new ratings than this there is no value.' },
  },
  review_acceptance_rate: {
    title: 'Willing to leave a review',
    definition: 'The share of the people who were asked for a review and accepted.',
    reading: more,
    params: {
      promptEvent: 'The event of being asked.',
      acceptEvent: 'The event of accepting.',
      ...minCohort,
    },
  },
  support_requests_per_user_month: {
    title: 'Support requests per user and month',
    definition: 'Requests made in the window divided by the active users of the same window.',
    reading: `${less} Spam, merged tickets and follow-ups are no requests of their own.`,
    params: { normalise: 'Whether a month counts as it is, or is scaled to thirty days.' },
  },
  tagged_ticket_count: {
    title: 'Tickets with a tag',
    definition: 'Requests made in the window that carry the tag.',
    reading: `${less} It grows with the number of users, unless it is counted per thousand of them.`,
    params: {
      tag: 'The tag as the help desk writes it.',
      perThousandActive: 'Whether to count per thousand active users.',
    },
  },
  cart_abandonment_rate: {
    title: 'Cart abandonment',
    definition:
      'The share of carts that were not bought within the given hours, of those whose time has run out.',
    reading: `${less} It counts carts; counting sessions gives another number.`,
    params: {
      cartEvent: 'The event that makes a cart.',
      purchaseEvent: 'The event that buys it.',
      cartIdProperty: 'The property that tells which cart an event is about.',
      withinHours: 'How many hours after it was made a cart may still be bought.',
      ...minCohort,
    },
  },
  session_cart_abandonment: {
    title: 'Cart abandonment by session',
    definition: 'The share of the sessions with something put into a cart that saw no purchase.',
    reading: `${less} Somebody who comes back later to buy has abandoned the first session.`,
    params: {
      addToCartEvent: 'The event that puts something into a cart.',
      purchaseEvent: 'The event of buying.',
      ...gap,
      ...minCohort,
    },
  },
  merchant_conversion: {
    title: 'Store conversion',
    definition: 'Orders for each session, over all stores with enough sessions.',
    reading: more,
    params: {
      aggregation: 'Whether each store weighs the same (macro) or each session does (pooled).',
      minSessions: 'Stores with fewer sessions are left out.',
    },
  },
  viewing_minutes_per_viewer: {
    title: 'Viewing time per viewer',
    definition: 'Minutes watched in the window divided by the different people who watched any.',
    reading: more,
    params: minCohort,
  },
  new_release_viewers: {
    title: 'Viewers of new releases',
    definition: 'Different people who watched a title within the first days after its release.',
    reading: `${more} Previews before the release do not count.`,
    params: { newForDays: 'For how many days after its release a title is new.' },
  },
  sprint_velocity: {
    title: 'Sprint velocity',
    definition: 'The mean of the points completed in the last closed sprints.',
    reading: 'Higher is better within one team; teams estimate differently and cannot be compared.',
    params: { lastN: 'How many closed sprints are averaged.' },
  },
  bugs_per_feature: {
    title: 'Bugs per feature',
    definition: 'Bugs created in the window for each feature finished in it.',
    reading: less,
    params: types,
  },
  linked_bugs_per_feature: {
    title: 'Linked bugs per feature',
    definition: 'Bugs linked to the features that shipped in the window, for each such feature.',
    reading: `${less} Features that shipped too recently to judge take no part.`,
    params: {
      matureDays: 'For how many days a feature has to be out before it is judged.',
      findDays: 'Within how many days of its shipping a bug counts.',
      ...types,
    },
  },
  post_release_bugs: {
    title: 'Bugs after a release',
    definition: 'Bugs of the released version found within the given days of its release.',
    reading: `${less} Compare releases over equally many days only.`,
    params: { withinDays: 'How many days after the release count.' },
  },
  lead_time: {
    title: 'Lead time',
    definition: 'How long the items that were finished in the window took.',
    reading: `${less} Old items that are finished at last raise the mean; look at the median beside it.`,
    params: { stat, unit: 'Whether to count in days or hours.' },
  },
  deployment_minutes: {
    title: 'Deployment time',
    definition: 'How long the successful deployments took that finished in the window.',
    reading: less,
    params: { stat },
  },
  deployment_count: {
    title: 'Deployments',
    definition: 'Successful deployments that finished in the window.',
    reading: more,
    params: {},
  },
  coverage: {
    title: 'Test coverage',
    definition: 'Line coverage as last reported for the branch by the close of the day.',
    reading: `${more} A missing report is no value and not a coverage of zero.`,
    params: { branch: 'The branch whose reports count.' },
  },
  learning_plan_completion: {
    title: 'Learning plan completion',
    definition: 'The share of what people planned to learn that is done.',
    reading: more,
    params: { aggregation: 'Whether each item weighs the same (pooled) or each person does (macro).' },
  },
  learning_time_share: {
    title: 'Learning time',
    definition: 'Hours spent learning divided by all hours worked in the window.',
    reading: more,
    params: {},
  },
  activity_count: {
    title: 'Activities done',
    definition: 'How often something was done: interviews, tests, posts, sessions.',
    reading: `${more} A correction is an entry with a negative value.`,
    params: { label: 'Only entries with this label count; all of them when none is named.' },
  },
} satisfies Record<MetricKey, MetricText>;

export const stagesEn: Record<Stage, string> = {
  acquisition: 'Acquisition',
  activation: 'Activation',
  retention: 'Retention',
  referral: 'Referral',
  revenue: 'Revenue',
  engagement: 'Engagement',
  satisfaction: 'Satisfaction',
  delivery: 'Delivery',
  people: 'People',
  discovery: 'Discovery',
  community: 'Community',
};

export const unitsEn = {
  bugs: 'bugs',
  customers: 'customers',
  days: 'days',
  deployments: 'deployments',
  entries: 'entries',
  hours: 'hours',
  minutes: 'minutes',
  money: 'money',
  months: 'months',
  points: 'points',
  ratio: 'share',
  requests: 'requests',
  score: 'score',
  sessions: 'sessions',
  stars: 'stars',
  tickets: 'tickets',
  users: 'people',
};

/** Connectors and kinds of source by their id. Names of products stay as their makers write them. */
export const sourcesEn = {
  app_store: 'App Store',
  calendar: 'Calendar',
  codecov: 'Codecov',
  csv: 'CSV file',
  feed: 'Feed (RSS, Atom)',
  ga4: 'Google Analytics 4',
  github: 'GitHub',
  gitlab: 'GitLab',
  http: 'JSON over HTTP',
  intercom: 'Intercom',
  jira: 'Jira',
  linear: 'Linear',
  manual: 'Check-in by hand',
  mixpanel: 'Mixpanel',
  play_store: 'Google Play',
  posthog: 'PostHog',
  push: 'Push from your own code',
  records: 'Uploaded records',
  sheet: 'Spreadsheet',
  sonarqube: 'SonarQube',
  sql: 'SQL query',
  stripe: 'Stripe',
  typeform: 'Typeform',
  zendesk: 'Zendesk',
};

/** In ICU syntax, filled with the rule’s own numbers. */
export const windowRulesEn: Record<WindowRule['kind'], string> = {
  day: 'each day',
  trailing: '{days, plural, one {the day itself} other {the # days that end with each day}}',
  month: 'each calendar month',
  trailing_months:
    '{months, plural, one {the month} other {the # months}} that {months, plural, one {ends} other {end}} with each day',
  matured_cohort:
    'people who entered in the newest {days, plural, one {day} other {# days}} whose time has run out',
  none: 'the numbers as they are given',
};
