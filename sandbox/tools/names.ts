/** What else the company uses, each served below `/NAME` of the sandbox's address. */
export const TOOLS = ['github', 'jira', 'codecov', 'app_store'] as const;
export type Tool = (typeof TOOLS)[number];

export const TOOL_TITLES: Readonly<Record<Tool, string>> = {
  github: 'GitHub',
  jira: 'Jira',
  codecov: 'Codecov',
  app_store: 'App Store',
};

/** What everything there is called. */
export const REPOSITORY = 'acme-sandbox/app';
export const PROJECT = 'ACME';
export const JIRA_EMAIL = 'tidemark@acme-sandbox.example';
export const CODECOV_OWNER = 'acme-sandbox';
export const APP_ID = '1234567890';
