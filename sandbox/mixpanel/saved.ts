import type { CountType } from './counts.ts';
import type { CohortUnit } from './retention.ts';

/** A funnel that somebody saved in the project. */
export type SavedFunnel = { funnelId: number; name: string; steps: readonly [string, ...string[]] };

export const SAVED_FUNNELS: readonly SavedFunnel[] = [
  { funnelId: 7509, name: 'Sign Up to Project', steps: ['Sign Up', 'Project Created'] },
  { funnelId: 7510, name: 'Sign Up to Paid', steps: ['Sign Up', 'Trial Started', 'Subscription Started'] },
];

/** A saved Insights report: what `/insights` answers for its bookmark. */
export type SavedReport = { bookmarkId: number } & (
  | { kind: 'counts'; days: number; series: readonly { name: string; event: string; type: CountType }[] }
  // Ends so many days before today, and shows its conversion by day of entry or adds all its days up.
  | { kind: 'funnel'; days: number; endedDays: number; byDay: boolean; funnelId: number; lengthDays: number }
  | {
      kind: 'retention';
      weeks: number;
      bornEvent: string;
      returnEvent: string;
      unit: CohortUnit;
      intervals: number;
    }
);

export const SAVED_REPORTS: readonly SavedReport[] = [
  {
    bookmarkId: 5512,
    kind: 'counts',
    days: 30,
    series: [
      { name: 'Uniques of Sign Up', event: 'Sign Up', type: 'unique' },
      { name: 'Total of Report Shared', event: 'Report Shared', type: 'general' },
    ],
  },
  { bookmarkId: 90, kind: 'funnel', days: 30, endedDays: 0, byDay: false, funnelId: 7509, lengthDays: 14 },
  { bookmarkId: 91, kind: 'funnel', days: 60, endedDays: 0, byDay: true, funnelId: 7509, lengthDays: 7 },
  { bookmarkId: 92, kind: 'funnel', days: 30, endedDays: 30, byDay: false, funnelId: 7510, lengthDays: 14 },
  {
    bookmarkId: 78,
    kind: 'retention',
    weeks: 8,
    bornEvent: 'Sign Up',
    returnEvent: 'Page Viewed',
    unit: 'week',
    intervals: 4,
  },
  {
    bookmarkId: 79,
    kind: 'retention',
    weeks: 8,
    bornEvent: 'Sign Up',
    returnEvent: 'Page Viewed',
    unit: 'day',
    intervals: 8,
  },
];

/** A saved group of people: those who did an event within so many days. */
export type SavedCohort = { id: number; name: string; description: string; event: string; days: number };

export const SAVED_COHORTS: readonly SavedCohort[] = [
  {
    id: 1000,
    name: 'New this month',
    description: 'Signed up in the last 30 days',
    event: 'Sign Up',
    days: 30,
  },
  {
    id: 2000,
    name: 'Sharers',
    description: 'Shared a report in the last 7 days',
    event: 'Report Shared',
    days: 7,
  },
];
