/** What else the company uses, each served below `/NAME` of the sandbox's address. */
export const TOOLS = [
  'github',
  'jira',
  'codecov',
  'app_store',
  'google_sheets',
  'google_play',
  'zendesk',
  'typeform',
  'feed',
  'calendar',
] as const;
export type Tool = (typeof TOOLS)[number];

export const TOOL_TITLES: Readonly<Record<Tool, string>> = {
  github: 'GitHub',
  jira: 'Jira',
  codecov: 'Codecov',
  app_store: 'App Store',
  google_sheets: 'Google Sheets',
  google_play: 'Google Play',
  zendesk: 'Zendesk',
  typeform: 'Typeform',
  feed: 'The blog',
  calendar: 'The calendar',
};

/** What everything there is called. */
export const REPOSITORY = 'acme-sandbox/app';
export const PROJECT = 'ACME';
export const TOOL_EMAIL = 'tidemark@acme-sandbox.example';
export const CODECOV_OWNER = 'acme-sandbox';
export const APP_ID = '1234567890';
export const SPREADSHEET_ID = 'acme-sandbox-numbers-2026';
export const PLAY_BUCKET = 'pubsite_prod_rev_01234567890123456789';
export const PLAY_PACKAGE = 'com.acme.sandbox';
export const USER_FORM = 'acmeUsers';
export const TEAM_FORM = 'acmeTeam';

/** Whoever knows the address may read the calendar. */
export const calendarPath = (token: string): string => `/private-${token}/basic.ics`;
