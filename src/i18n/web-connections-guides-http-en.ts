import type { Guide } from './web-connections-guides-en.ts';

export type HttpGuideName =
  | 'http_json'
  | 'prometheus'
  | 'app_store'
  | 'codecov'
  | 'sonarqube'
  | 'shopify'
  | 'revenuecat'
  | 'paddle'
  | 'chartmogul';

const never = 'Tidemark only asks. It writes nothing there, and sends the key to no other address.';

/** Providers that are asked for JSON. */
export const httpGuidesEn: Readonly<Record<HttpGuideName, Guide>> = {
  http_json: {
    measures: 'Any number that an API tells as JSON, by day or as it is now.',
    needs: 'An address, and a key that may only read',
    steps: [
      { text: 'Enter the address that all paths begin with, such as https://api.example.com.' },
      { text: 'Say how the API takes its key, and paste one that may only read.' },
      {
        text: 'Give a path that needs the key as the one to check with, if the address has no page by itself.',
      },
      { text: 'What is asked and where the number stands is said with each metric.' },
    ],
    permissions: [],
    reads: 'The answers of the paths that your metrics name. Only the numbers are kept.',
    never,
    fields: {
      auth: {
        label: 'How it takes its key',
        choices: {
          none: 'No key',
          bearer: 'Bearer token',
          basic: 'User name and password',
          header: 'A header of its own',
          query: 'A parameter of the address',
          oauth2: 'OAuth 2, client credentials',
        },
      },
      secret: { label: 'Key', hint: 'Token, password or client secret. It is encrypted when it is saved.' },
      name: { label: 'Name', hint: 'User name, name of the header or parameter, or client ID.' },
      tokenUrl: { label: 'Address of the token endpoint', hint: 'For OAuth 2.' },
      scope: { label: 'Scopes', hint: 'For OAuth 2.' },
      headers: { label: 'More headers', hint: 'One a line. They are not encrypted: no keys here.' },
      checkPath: { label: 'Path to check with', hint: 'Such as /v1/me.' },
      accountAt: { label: 'Where that answer names the account', hint: 'Such as /data/name.' },
    },
  },
  prometheus: {
    measures:
      'Any PromQL query that yields one series: Prometheus, Mimir, Thanos, VictoriaMetrics, Grafana Cloud.',
    needs: 'An address, and a key where there is one',
    steps: [
      { text: 'Enter the address below which /api/v1/query_range answers.' },
      {
        text: 'Servers in a private network have to be allowed by whoever runs Tidemark: TIDEMARK_EGRESS_ALLOW=host:port.',
      },
      {
        text: 'Choose how it takes its key. Grafana Cloud: user name and password, with the instance ID and a token.',
      },
    ],
    permissions: [{ name: 'metrics:read', why: 'Grafana Cloud' }],
    reads: 'One value at the end of each local day.',
    never,
    fields: {
      auth: {
        label: 'How it takes its key',
        choices: { none: 'No key', bearer: 'Bearer token', basic: 'User name and password' },
      },
      user: { label: 'User name' },
      secret: { label: 'Token or password' },
      orgId: { label: 'Tenant', hint: 'Sent as X-Scope-OrgID.' },
    },
  },
  app_store: {
    measures: 'Rating and number of ratings of an app, over the countries you name.',
    needs: 'No key: the number of the app',
    steps: [
      { text: 'Open the app’s page in the App Store and copy the digits after “id” in its address.' },
      { text: 'History begins with the first reading: Apple tells only the present.' },
    ],
    permissions: [],
    reads: 'What everybody sees in the store.',
    never: 'No account of yours is used, and nothing is written.',
    fields: {
      appId: { label: 'Number of the app' },
      country: { label: 'Country for the check', hint: 'Two letters, such as us.' },
    },
  },
  codecov: {
    measures: 'Coverage of a branch, also by flag.',
    needs: 'An API token',
    steps: [
      {
        text: 'In Codecov, open Settings, Access, and generate a token.',
        link: 'https://app.codecov.io/account',
      },
      { text: 'An upload token of a repository cannot read.' },
    ],
    permissions: [{ name: 'API token', why: 'reading reports' }],
    reads: 'Percentages by day. No source code.',
    never,
    fields: {
      token: { label: 'API token' },
      owner: { label: 'Owner', hint: 'Organisation or user.' },
      service: { label: 'Where the repositories are' },
    },
  },
  sonarqube: {
    measures: 'Coverage of a project by analysis.',
    needs: 'A user token',
    steps: [
      { text: 'Enter the address of your server, or https://sonarcloud.io.' },
      { text: 'Open My Account, Security, and generate a user token.' },
      { text: 'Set the time zone of its metrics to that of the server.' },
    ],
    permissions: [{ name: 'Browse', why: 'reading the project' }],
    reads: 'Measures of the project. No source code.',
    never,
    fields: { token: { label: 'User token' } },
  },
  shopify: {
    measures: 'Sessions and conversion of a shop.',
    needs: 'An access token of an app of yours',
    steps: [
      { text: 'Enter the address of the shop, such as https://your-shop.myshopify.com.' },
      { text: 'In the admin, open Settings, Apps, Develop apps, and create one with the scope below.' },
      { text: 'Install it and copy the Admin API access token.' },
      { text: 'Set the time zone of its metrics to that of the shop.' },
    ],
    permissions: [
      { name: 'read_reports', why: 'ShopifyQL' },
      { name: 'Protected customer data, level 2', why: 'Shopify asks for it, although only totals are read' },
    ],
    reads: 'Totals by day. No customers, no orders.',
    never,
    fields: { accessToken: { label: 'Admin API access token' } },
  },
  revenuecat: {
    measures: 'Active subscriptions and trials.',
    needs: 'A secret key of version 2',
    steps: [
      { text: 'In RevenueCat, open Project settings, API keys, and create a secret key of version 2.' },
      { text: 'Copy the id of the project from its settings.' },
    ],
    permissions: [{ name: 'charts_metrics:overview:read', why: 'every number' }],
    reads: 'The numbers of the overview, once a reading. History begins with the first one.',
    never,
    fields: { secretKey: { label: 'Secret key' }, project: { label: 'Id of the project' } },
  },
  paddle: {
    measures: 'MRR, revenue and checkout conversion of Paddle Billing.',
    needs: 'An API key',
    steps: [
      {
        text: 'In Paddle, open Developer tools, Authentication, and create an API key with the permission below.',
      },
    ],
    permissions: [{ name: 'metrics.read', why: 'every number' }],
    reads: 'Daily totals, by UTC days.',
    never,
    fields: { apiKey: { label: 'API key' } },
  },
  chartmogul: {
    measures: 'MRR as ChartMogul defines it.',
    needs: 'An API key',
    steps: [
      { text: 'In ChartMogul, open Profile, API keys, and create one that may only read.' },
      { text: 'Set the time zone of its metrics to that of the account.' },
    ],
    permissions: [{ name: 'Read-only', why: 'every number' }],
    reads: 'Daily totals.',
    never,
    fields: { apiKey: { label: 'API key' } },
  },
};
