import { KEY_EVENTS } from '../model/activity.ts';

export type MetricType = 'TYPE_INTEGER' | 'TYPE_FLOAT' | 'TYPE_SECONDS';

type Named = {
  apiName: string;
  uiName: string;
  description: string;
  category: string;
  deprecatedApiNames?: readonly string[];
};

export type DimensionInfo = Named;
export type MetricInfo = Named & { type: MetricType; expression?: string; customDefinition?: boolean };

function dimension(apiName: string, uiName: string, category: string, description: string): DimensionInfo {
  return { apiName, uiName, description, category };
}

const CHANNEL = dimension(
  'sessionDefaultChannelGroup',
  'Session default channel group',
  'Traffic Source',
  'Channel group of the session.',
);

export const DIMENSIONS: readonly DimensionInfo[] = [
  dimension('date', 'Date', 'Time', 'The date of the event, formatted as YYYYMMDD.'),
  dimension('dateHour', 'Date + hour (YYYYMMDDHH)', 'Time', 'The date and the hour of the event.'),
  dimension('yearMonth', 'Year month', 'Time', 'The year and the month of the event, formatted as YYYYMM.'),
  dimension('eventName', 'Event name', 'Event', 'The name of the event.'),
  { ...CHANNEL, deprecatedApiNames: ['sessionDefaultChannelGrouping'] },
  dimension('deviceCategory', 'Device category', 'Platform / Device', 'Desktop, tablet or mobile.'),
  dimension('platform', 'Platform', 'Platform / Device', 'What the product ran on; here always web.'),
  dimension('country', 'Country', 'Geography', 'The country from which the activity came.'),
  dimension('newVsReturning', 'New / returning', 'User', 'Whether it was the first session of the device.'),
];

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

/** Those that take an event after a colon, such as `keyEvents:sign_up`. */
const KEY_EVENT_METRICS: readonly MetricInfo[] = [
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

export const METRICS: readonly MetricInfo[] = [
  metric('newUsers', 'New users', 'User', 'Users who came for the first time.'),
  metric('totalUsers', 'Total users', 'User', 'Distinct users with at least one event.'),
  metric('activeUsers', 'Active users', 'User', 'Distinct users with an engaged or a first session.'),
  metric('active1DayUsers', '1-day active users', 'User', 'Distinct active users of the last day.'),
  metric('active7DayUsers', '7-day active users', 'User', 'Distinct active users of the last 7 days.'),
  metric('active28DayUsers', '28-day active users', 'User', 'Distinct active users of the last 28 days.'),
  metric('sessions', 'Sessions', 'Session', 'Sessions that began.'),
  metric('engagedSessions', 'Engaged sessions', 'Session', 'Over 10 s, with a key event, or with 2 views.'),
  metric('engagementRate', 'Engagement rate', 'Session', 'Engaged sessions, of all.', {
    ...rate,
    expression: 'engagedSessions/sessions',
  }),
  metric('averageSessionDuration', 'Average session duration', 'Session', 'Their mean length.', seconds),
  metric('userEngagementDuration', 'User engagement', 'User', 'Time in the foreground.', seconds),
  metric('eventCount', 'Event count', 'Event', 'How many events there were.'),
  metric('screenPageViews', 'Views', 'Page / Screen', 'How many pages were viewed.'),
  ...KEY_EVENT_METRICS,
  ...KEY_EVENT_METRICS.flatMap(({ apiName, uiName, description, category, type }) =>
    KEY_EVENTS.map((event) => ({
      apiName: `${apiName}:${event}`,
      uiName: `${uiName} for ${event}`,
      description,
      category,
      type,
      customDefinition: true,
    })),
  ),
];
