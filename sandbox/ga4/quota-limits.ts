import type { Ga4Quirks } from './quirks.ts';

/** Of a standard property; https://developers.google.com/analytics/devguides/reporting/data/v1/quotas */
const STANDARD = {
  day: 200_000,
  hour: 40_000,
  projectHour: 14_000,
  concurrent: 10,
  serverErrors: 10,
  thresholded: 120,
};
const ANALYTICS_360 = {
  day: 2_000_000,
  hour: 400_000,
  projectHour: 140_000,
  concurrent: 50,
  serverErrors: 50,
  thresholded: 120,
};

export type Limits = typeof STANDARD;

export function limitsOf({ analytics360 }: Ga4Quirks): Limits {
  return analytics360 === true ? ANALYTICS_360 : STANDARD;
}
