import type { DimensionInfo } from './catalog.ts';

function dimension(apiName: string, uiName: string, category: string, description: string): DimensionInfo {
  return { apiName, uiName, description, category };
}

const TIME: readonly DimensionInfo[] = [
  dimension('date', 'Date', 'Time', 'The date of the event, formatted as YYYYMMDD.'),
  dimension('dateHour', 'Date + hour (YYYYMMDDHH)', 'Time', 'The date and the hour of the event.'),
  dimension('dateHourMinute', 'Date hour and minute', 'Time', 'The same with the minute.'),
  dimension('year', 'Year', 'Time', 'The four-digit year.'),
  dimension('month', 'Month', 'Time', 'The month, 01 to 12.'),
  dimension('week', 'Week', 'Time', 'The week of the year from Sunday on, 01 to 53.'),
  dimension('day', 'Day', 'Time', 'The day of the month, 01 to 31.'),
  dimension('hour', 'Hour', 'Time', 'The hour, 00 to 23.'),
  dimension('minute', 'Minute', 'Time', 'The minute, 00 to 59.'),
  dimension('dayOfWeek', 'Day of week', 'Time', 'From 0 for Sunday to 6.'),
  dimension('dayOfWeekName', 'Day of week name', 'Time', 'The name of the day in English.'),
  dimension('yearMonth', 'Year month', 'Time', 'The year and the month of the event, formatted as YYYYMM.'),
  dimension('yearWeek', 'Year week', 'Time', 'The year and its week from Sunday on.'),
  dimension('isoWeek', 'ISO week of the year', 'Time', 'The ISO week, which begins on Monday.'),
  dimension('isoYear', 'ISO year', 'Time', 'The year that the ISO week belongs to.'),
  dimension('isoYearIsoWeek', 'ISO week of ISO year', 'Time', 'Both together.'),
  dimension('nthHour', 'Nth hour', 'Time', 'Hours since the start of the date range.'),
  dimension('nthDay', 'Nth day', 'Time', 'Days since the start of the date range.'),
  dimension('nthWeek', 'Nth week', 'Time', 'Weeks since the start of the date range.'),
  dimension('nthMonth', 'Nth month', 'Time', 'Months since the start of the date range.'),
  dimension('firstSessionDate', 'First session date', 'Time', 'The date of the first session, YYYYMMDD.'),
];

const SOURCE = 'Traffic Source';
const ORIGIN: readonly DimensionInfo[] = [
  {
    ...dimension(
      'sessionDefaultChannelGroup',
      'Session default channel group',
      SOURCE,
      'Channel group of the session.',
    ),
    deprecatedApiNames: ['sessionDefaultChannelGrouping'],
  },
  dimension('sessionSource', 'Session source', SOURCE, 'Where the session came from.'),
  dimension('sessionMedium', 'Session medium', SOURCE, 'By which way it came.'),
  dimension('sessionSourceMedium', 'Session source / medium', SOURCE, 'Both together.'),
  {
    ...dimension(
      'firstUserDefaultChannelGroup',
      'First user default channel group',
      SOURCE,
      'Channel group that first brought the user.',
    ),
    deprecatedApiNames: ['firstUserDefaultChannelGrouping'],
  },
  dimension('firstUserSource', 'First user source', SOURCE, 'Source that first brought the user.'),
  dimension('firstUserMedium', 'First user medium', SOURCE, 'Medium that first brought the user.'),
  dimension('firstUserSourceMedium', 'First user source / medium', SOURCE, 'Both together.'),
];

const custom = (apiName: string, scope: string): DimensionInfo => ({
  ...dimension(apiName, apiName.split(':')[1] ?? '', 'Custom', `A custom dimension of the ${scope}.`),
  customDefinition: true,
});

export const DIMENSIONS: readonly DimensionInfo[] = [
  ...TIME,
  ...ORIGIN,
  dimension('eventName', 'Event name', 'Event', 'The name of the event.'),
  {
    ...dimension('isKeyEvent', 'Is key event', 'Event', 'The text true when the event is a key event.'),
    deprecatedApiNames: ['isConversionEvent'],
  },
  dimension('pagePath', 'Page path', 'Page / Screen', 'The page that was viewed.'),
  dimension('transactionId', 'Transaction ID', 'Ecommerce', 'The number of the purchase.'),
  dimension('itemName', 'Item name', 'Ecommerce', 'What was looked at or bought.'),
  dimension('deviceCategory', 'Device category', 'Platform / Device', 'Desktop, tablet or mobile.'),
  dimension('platform', 'Platform', 'Platform / Device', 'What the product ran on: web, iOS or Android.'),
  dimension('country', 'Country', 'Geography', 'The country from which the activity came.'),
  dimension('newVsReturning', 'New / returning', 'User', 'Whether it was the first session of the device.'),
  dimension('userAgeBracket', 'Age', 'Demographics', 'The age of the user.'),
  dimension('userGender', 'Gender', 'Demographics', 'The gender of the user.'),
  dimension('cohort', 'Cohort', 'Cohort', 'The name of the cohort.'),
  dimension('cohortNthDay', 'Daily cohort', 'Cohort', 'Days since the first session.'),
  dimension('cohortNthWeek', 'Weekly cohort', 'Cohort', 'Weeks since that of the first session.'),
  dimension('cohortNthMonth', 'Monthly cohort', 'Cohort', 'Months since that of the first session.'),
  ...['plan', 'platform', 'customer_id', 'method', 'score'].map((name) =>
    custom(`customEvent:${name}`, 'event'),
  ),
  custom('customUser:plan', 'user'),
];

/** Those that belong to single events: a session shows in the row of every event it held. */
export function isOfEvents(name: string): boolean {
  return (
    ['eventName', 'isKeyEvent', 'pagePath', 'transactionId', 'itemName'].includes(name) ||
    name.startsWith('customEvent:')
  );
}

/** Those for which Google withholds small rows. */
export const DEMOGRAPHIC: readonly string[] = ['userAgeBracket', 'userGender'];
export const OF_ITEMS: readonly string[] = ['itemName'];
export const OF_COHORTS: readonly string[] = ['cohort', 'cohortNthDay', 'cohortNthWeek', 'cohortNthMonth'];
