/** The units of these metrics; a duration is stored in seconds. */
export const inUsers = { name: 'users', storedAs: 'count', storedPer: 1 } as const;
export const inSessions = { name: 'sessions', storedAs: 'count', storedPer: 1 } as const;
export const inMinutes = { name: 'minutes', storedAs: 'duration', storedPer: 60 } as const;
export const asRatio = { name: 'ratio', storedAs: 'ratio', storedPer: 1 } as const;

/** What knows single events of people, and what knows only rows that somebody selects. */
export const analytics = ['ga4', 'mixpanel', 'posthog', 'sql', 'push'] as const;
export const ownTables = ['sql', 'push', 'csv'] as const;

/** A share of the people who entered, by what they did within their own time. */
export const activationCohort = {
  stage: 'activation',
  kind: 'ratio',
  unit: asRatio,
  windows: ['cohort'],
  usualWindow: { kind: 'matured_cohort', days: 28 },
  records: ['events'],
  sources: analytics,
} as const;
