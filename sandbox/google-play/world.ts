import type { GoogleAccount } from '../google/token.ts';

/** A dimension of the ratings report; `overview` is the whole app. */
export type Dimension = 'overview' | 'country' | 'app_version';

/** One line: averages as Play writes them ("4.51"), null where it writes NA. */
export type RatingRow = {
  day: string;
  of: Dimension;
  /** The country or the version code; empty for the overview. */
  value: string;
  dailyAverage: string | null;
  totalAverage: string | null;
};

export type PlayApp = { packageName: string; ratings: readonly RatingRow[] };

/** The bucket of a developer as it is now, and how this Google behaves. */
export type GooglePlayWorld = {
  account: GoogleAccount;
  bucket: string;
  nowSeconds: number;
  apps: readonly PlayApp[];
  /** A day is written so many days after it, counted in the zone of Google's reports. */
  lateDays: number;
  /** Whether the account was given the reports in the Play Console. */
  mayRead: boolean;
  /** At most so many names a page, however many are asked for; Google's limit is 1,000. */
  pageSize: number;
  /** A minute takes so many requests before it is too much. */
  requestsPerMinute: number;
};
