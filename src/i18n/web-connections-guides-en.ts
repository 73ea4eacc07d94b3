import { type DocumentGuideName, documentGuidesEn } from './web-connections-guides-documents-en.ts';
import { type GoogleGuideName, googleGuidesEn } from './web-connections-guides-google-en.ts';
import { type HttpGuideName, httpGuidesEn } from './web-connections-guides-http-en.ts';

/** How each provider is connected. Loaded with the page that shows it, and not before. */

export type FieldText = { label: string; hint?: string; choices?: Readonly<Record<string, string>> };
export type Guide = {
  /** What it can measure, in one sentence. */
  measures: string;
  /** What somebody has to have at hand. */
  needs: string;
  steps: readonly { text: string; link?: string }[];
  /** Exact names, as the provider writes them, and what each is for. */
  permissions: readonly { name: string; why: string }[];
  reads: string;
  never: string;
  fields: Readonly<Record<string, FieldText>>;
};
export type GuideName =
  | 'stripe'
  | 'ga4'
  | 'mixpanel'
  | 'github'
  | 'jira'
  | 'zendesk'
  | 'typeform'
  | 'records'
  | 'sql'
  | 'event_table'
  | 'values'
  | GoogleGuideName
  | DocumentGuideName
  | HttpGuideName;

export const guidesEn: Readonly<Record<GuideName, Guide>> = {
  stripe: {
    measures: 'Revenue, recurring revenue, paying customers, churn, lifetime value, trials that become paid.',
    needs: 'A restricted key with read rights',
    steps: [
      {
        text: 'Open the Stripe Dashboard, then Developers, API keys, and choose the account whose numbers you want.',
        link: 'https://dashboard.stripe.com/apikeys',
      },
      { text: 'Choose “Create restricted key”, and give it a name such as “Tidemark, read only”.' },
      { text: 'Set the permissions listed below to Read. Leave everything else at None.' },
      { text: 'Create the key, copy it (it begins with rk_live_ or rk_test_), and paste it here.' },
      {
        text: 'Check it. What the key may not read yet is named one by one, and you can add it in Stripe at any time.',
      },
    ],
    permissions: [
      { name: 'Charges and Refunds: Read', why: 'net revenue, whether a trial was paid' },
      { name: 'Disputes: Read', why: 'net revenue after lost disputes' },
      { name: 'Subscriptions: Read', why: 'recurring revenue, churn, trials' },
      { name: 'Customers: Read', why: 'whose revenue it is, customers who pay' },
      { name: 'Prices: Read', why: 'prices with tiers or several currencies' },
      { name: 'Coupons: Read', why: 'discounts in use' },
      { name: 'Invoices: Read', why: 'the past before the first reading, trials, tax' },
      { name: 'Credit notes: Read', why: 'what was credited on invoices' },
      { name: 'Balance transactions: Read', why: 'fees, and sums as they were settled' },
      { name: 'Events: Read', why: 'what has changed since the last reading' },
    ],
    reads:
      'Customers, subscriptions, prices, coupons, invoices and payments of one account, in one mode: live or test.',
    never: 'Tidemark never writes to Stripe, never moves money, and never reads card numbers.',
    fields: {
      apiKey: {
        label: 'Restricted key',
        hint: 'Begins with rk_live_ or rk_test_. A publishable key (pk_…) cannot read.',
      },
      webhookSecret: {
        label: 'Signing secret of the webhook',
        hint: 'Begins with whsec_. With it, changes in Stripe are read sooner. The address to enter in Stripe is shown once the connection is saved.',
      },
      requestsPerSecond: {
        label: 'Requests a second at most',
        hint: '10 unless you say otherwise. Stripe allows 100, which your other tools share.',
      },
    },
  },
  ga4: {
    measures: 'Users, sessions, engagement, key events, funnels, retention and revenue of one GA4 property.',
    needs: 'A service account with its JSON key',
    steps: [
      {
        text: 'In Google Cloud, choose a project and enable the “Google Analytics Data API” in it.',
        link: 'https://console.cloud.google.com/apis/library/analyticsdata.googleapis.com',
      },
      {
        text: 'In the same project, open IAM, Service accounts, and create a service account. It needs no role in the project.',
        link: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
      },
      { text: 'Open the new account, then Keys, Add key, Create new key, JSON. A file is downloaded.' },
      {
        text: 'In Google Analytics, open Admin, Property access management, and add the e-mail address of the service account with the role Viewer. Paste the key here first, and the address appears below to be copied.',
        link: 'https://analytics.google.com/analytics/web/#/admin',
      },
      {
        text: 'In Admin, Property details, copy the property ID: digits only, at the top right. It is not the G-… measurement ID.',
      },
    ],
    permissions: [
      { name: 'Google Analytics Data API: enabled', why: 'every report' },
      { name: 'Viewer (Property access management)', why: 'reading the property' },
      { name: 'analytics.readonly', why: 'the only scope that Tidemark asks for' },
    ],
    reads:
      'Daily totals of reports: counts, rates, funnels and cohorts. The days are those of the property’s own time zone.',
    never:
      'Tidemark never changes the property, reads no single visitor, and asks for no scope that could write.',
    fields: {
      propertyId: {
        label: 'Property ID',
        hint: 'Digits only, such as 123456789. Admin, Property details, top right.',
      },
      serviceAccountKey: {
        label: 'JSON key of the service account',
        hint: 'The whole file. It is encrypted when it is saved and never shown again.',
      },
      transport: {
        label: 'How to talk to Google',
        hint: 'Leave it unless a proxy stands in between.',
        choices: { auto: 'As fits', grpc: 'gRPC only', rest: 'REST only' },
      },
    },
  },
  mixpanel: {
    measures:
      'Events, unique users, funnels, retention, frequency, surveys and saved reports of one project.',
    needs: 'A service account with its secret',
    steps: [
      {
        text: 'In Mixpanel, open Organization Settings, Service Accounts, and add a service account.',
        link: 'https://mixpanel.com/settings/org',
      },
      {
        text: 'Give it the role Consumer or Analyst in the project that you want to measure. Admin is not needed.',
      },
      { text: 'Copy its user name and its secret: Mixpanel shows the secret once.' },
      {
        text: 'Open Project Settings, Overview, and copy the project ID. There you also see where the data are kept: US, EU or India.',
        link: 'https://mixpanel.com/settings/project',
      },
      { text: 'Your plan must allow the Query API. If it does not, Mixpanel says so (402) when you check.' },
    ],
    permissions: [
      { name: 'Consumer or Analyst', why: 'reading reports and events of the project' },
      { name: 'Query API', why: 'part of the plan' },
    ],
    reads:
      'Counts, funnels and retention, and raw events where a metric needs them. Mixpanel allows 60 queries an hour; Tidemark keeps to half of them.',
    never: 'Tidemark writes nothing to Mixpanel unless you switch on writing progress back.',
    fields: {
      region: {
        label: 'Where the data are kept',
        hint: 'A wrong region can look like an empty project.',
        choices: { us: 'United States', eu: 'European Union', in: 'India' },
      },
      projectId: { label: 'Project ID', hint: 'Digits, from Project Settings, Overview.' },
      serviceAccount: {
        label: 'User name of the service account',
        hint: 'Such as tidemark.1a2b3c.mp-service-account.',
      },
      serviceAccountSecret: {
        label: 'Secret of the service account',
        hint: 'Mixpanel shows it once. It is encrypted when it is saved.',
      },
      workspaceId: { label: 'Data view', hint: 'Its number, if the project has data views.' },
      exportDays: {
        label: 'Days of the raw export',
        hint: 'Only projects created before 2023 cut them in their own time zone.',
        choices: { utc: 'UTC', project: 'Time zone of the project' },
      },
      timeZone: {
        label: 'Time zone of the project',
        hint: 'Such as Europe/Berlin. Needed for raw events of a project created before 2023.',
      },
    },
  },
  github: {
    measures:
      'Issues by label, bugs per feature, lead time, bugs after a release, releases, deployment times of one repository.',
    needs: 'A fine-grained personal access token',
    steps: [
      {
        text: 'In GitHub, open Settings, Developer settings, Fine-grained tokens, and generate a token.',
        link: 'https://github.com/settings/personal-access-tokens/new',
      },
      { text: 'Choose the owner of the repository, then “Only select repositories”, and the repository.' },
      {
        text: 'Set the repository permissions listed below to Read-only. Leave everything else at No access.',
      },
      { text: 'Generate the token, copy it (it begins with github_pat_), and paste it here.' },
      { text: 'Check it. What the token may not read is named, and can be added in GitHub at any time.' },
    ],
    permissions: [
      { name: 'Metadata: Read-only', why: 'the name of the repository; GitHub always gives it' },
      { name: 'Issues: Read-only', why: 'issues, bugs, features, lead time' },
      { name: 'Pull requests: Read-only', why: 'lead time of pull requests' },
      { name: 'Contents: Read-only', why: 'releases' },
      { name: 'Deployments: Read-only', why: 'deployment times' },
      { name: 'Actions: Read-only', why: 'deployment times of a workflow' },
    ],
    reads:
      'When issues and pull requests were opened and closed, their labels, releases, deployments and workflow runs. GitHub allows 5,000 requests an hour; Tidemark keeps to half of them.',
    never: 'Tidemark writes nothing to GitHub. It reads no code, and keeps no text of issues.',
    fields: {
      repository: { label: 'Repository', hint: 'As owner/name, such as globex/shop.' },
      token: { label: 'Token', hint: 'Begins with github_pat_. It is encrypted when it is saved.' },
    },
  },
  jira: {
    measures:
      'Sprint velocity, bugs per feature, lead time, bugs after a release and issues of one Jira Cloud site.',
    needs: 'An API token with the e-mail address of its account',
    steps: [
      {
        text: 'In your Atlassian account, open Security, API tokens, and create a token.',
        link: 'https://id.atlassian.com/manage-profile/security/api-tokens',
      },
      {
        text: 'Choose a token with scopes for Jira, add the scopes listed below, and copy the token: it is shown once.',
      },
      {
        text: 'Open SITE.atlassian.net/_edge/tenant_info in your browser, with the name of your site, and copy the cloudId.',
      },
      {
        text: 'For a token without scopes leave the cloud id empty, and enter https://SITE.atlassian.net as the address.',
      },
      { text: 'Check it. What the account may not see, such as boards, is named.' },
    ],
    permissions: [
      { name: 'read:jira-work', why: 'projects, issues, versions and their history' },
      { name: 'read:jira-user', why: 'whose account it is' },
      { name: 'read:board-scope:jira-software', why: 'boards, for velocity' },
      { name: 'read:sprint:jira-software', why: 'sprints, for velocity' },
    ],
    reads:
      'Boards, sprints and versions; of issues the type, dates, labels, estimate, resolution and the history of status, estimate and sprint.',
    never: 'Tidemark writes nothing to Jira, and keeps no text of issues.',
    fields: {
      email: { label: 'E-mail address', hint: 'Of the account that made the token.' },
      cloudId: { label: 'Id of the cloud', hint: 'For a token with scopes: the cloudId of tenant_info.' },
      apiToken: { label: 'API token', hint: 'Atlassian shows it once. It is encrypted when it is saved.' },
    },
  },
  zendesk: {
    measures: 'Tickets by day or month, by tag or channel, and customer satisfaction of one Zendesk account.',
    needs: 'An API token with the e-mail address of an agent',
    steps: [
      {
        text: 'In the Admin Center of Zendesk, open Apps and integrations, APIs, and switch on token access.',
      },
      { text: 'Add an API token and copy it: Zendesk shows it once.' },
      {
        text: 'Choose the agent that it is used with: one who sees all tickets, best an administrator, who may also read ratings.',
      },
      { text: 'Enter https://SUBDOMAIN.zendesk.com below, with the name of your account, as the address.' },
      { text: 'Check it. What the agent does not see is named.' },
    ],
    permissions: [
      { name: 'Token access', why: 'every request' },
      { name: 'Agent who sees all tickets', why: 'tickets; what is not seen is not counted' },
      { name: 'Administrator', why: 'satisfaction ratings' },
    ],
    reads:
      'Of tickets when they were created, tags, channel and state; of ratings good or bad, when, of which ticket and by whom.',
    never: 'Tidemark writes nothing to Zendesk, and keeps no text of tickets and no names of customers.',
    fields: {
      email: { label: 'E-mail address', hint: 'Of the agent that the token is used with.' },
      apiToken: { label: 'API token', hint: 'Zendesk shows it once. It is encrypted when it is saved.' },
    },
  },
  typeform: {
    measures: 'Net promoter score on both scales, customer satisfaction and completed responses of one form.',
    needs: 'A personal token and the id of the form',
    steps: [
      {
        text: 'In Typeform, open your account, then Personal tokens, and generate a token.',
        link: 'https://admin.typeform.com',
      },
      { text: 'Choose custom scopes and set the two listed below. Leave everything else off.' },
      { text: 'Copy the token (it begins with tfp_): it is shown once.' },
      {
        text: 'Copy the id of the form, the last part of its address: of https://globex.typeform.com/to/u6nXL7 it is u6nXL7.',
      },
      {
        text: 'If your account is kept in the European data centre, open “More settings” and enter https://api.eu.typeform.com as the address.',
      },
    ],
    permissions: [
      { name: 'responses:read', why: 'the answers, and when they were given' },
      { name: 'forms:read', why: 'the questions and their scales' },
    ],
    reads:
      'The questions of the form; of responses when they were submitted, the answer to the question that is measured, and the hidden field that you name.',
    never: 'Tidemark writes nothing to Typeform. Only numbers by day are kept: no texts, and no names.',
    fields: {
      form: { label: 'Form', hint: 'The last part of its address, such as u6nXL7.' },
      token: { label: 'Personal token', hint: 'Begins with tfp_. It is encrypted when it is saved.' },
    },
  },
  records: {
    measures:
      'Survey scores, product events, tickets, deployments, sprints, subscriptions: whatever you send as rows.',
    needs: 'No key: files or requests of your own',
    steps: [
      { text: 'Save the connection. It needs no settings.' },
      {
        text: 'Upload a CSV or JSON lines file on its page, or let a program send the rows. A ready command is shown there.',
      },
      { text: 'Say up to which day everything is told: later days are unknown, which is not zero.' },
      { text: 'Sending the same rows again replaces them, so repeating is safe.' },
    ],
    permissions: [],
    reads: 'Only what you send. Rows stay in your own database.',
    never: 'Nothing is fetched, and nothing is sent anywhere.',
    fields: {},
  },
  sql: {
    measures: 'Whatever a query gives: a number by day, worked out by the database that you already have.',
    needs: 'A database user that may only read, or a folder of files',
    steps: [
      {
        text: 'PostgreSQL, MySQL, MariaDB, ClickHouse: make a user of its own that may only read, with GRANT SELECT on what the queries need.',
      },
      {
        text: 'Enter the address below, such as postgresql://db.example.com:5432 or mysql://db.example.com:3306. BigQuery and files need none.',
      },
      {
        text: 'Other ports than 443 have to be allowed by whoever runs Tidemark: TIDEMARK_EGRESS_ALLOW=host:port.',
      },
      {
        text: 'Files: whoever runs Tidemark opens a folder with TIDEMARK_SQL_FILES. Name a folder in it; orders.csv or orders.parquet is then the table orders.',
      },
      {
        text: 'Then write one query a metric, with the columns day and value. It takes :start, :end, :start_day, :end_day and :tz.',
      },
    ],
    permissions: [
      { name: 'CONNECT, USAGE, SELECT', why: 'PostgreSQL' },
      { name: 'SELECT', why: 'MySQL, MariaDB, ClickHouse (experimental)' },
      { name: 'BigQuery Job User, BigQuery Data Viewer', why: 'BigQuery (experimental)' },
    ],
    reads: 'What your queries give: one row a day. No other rows leave the database.',
    never:
      'Tidemark only sends SELECT, in a transaction that may not write, and gives up what takes too long.',
    fields: {
      engine: {
        label: 'What is asked',
        choices: {
          postgres: 'PostgreSQL',
          mysql: 'MySQL or MariaDB',
          bigquery: 'BigQuery (experimental)',
          clickhouse: 'ClickHouse (experimental)',
          duckdb: 'CSV and Parquet files (DuckDB)',
        },
      },
      database: { label: 'Database' },
      user: { label: 'User', hint: 'One that may only read.' },
      password: { label: 'Password' },
      tls: {
        label: 'Encryption',
        choices: { verify: 'Check the certificate', require: 'Encrypt only', off: 'None' },
      },
      tlsCa: { label: 'Further authority to trust', hint: 'As PEM text.' },
      writeRightsAcknowledged: {
        label: 'The user may write, and that is known',
        hint: 'Tidemark only reads all the same.',
      },
      project: { label: 'Project that pays' },
      serviceAccountKey: {
        label: 'JSON key of the service account',
        hint: 'It may run jobs and read the tables.',
      },
      location: { label: 'Place of the dataset', hint: 'Such as EU.' },
      maxGigabytes: {
        label: 'Gigabytes billed at most',
        hint: 'A statement that would cost more is not run.',
      },
      folder: { label: 'Folder', hint: 'Below the one that is open, such as exports/shop.' },
      statementTimeoutSeconds: { label: 'Seconds until a statement is given up' },
    },
  },
  event_table: {
    measures:
      'Active users, funnels, retention and event counts from a table of events that you already have.',
    needs: 'A database user that may only read',
    steps: [
      { text: 'Choose a table or view that has a row for each event: who, what, when.' },
      {
        text: 'Make a user of its own that may only read. In PostgreSQL: GRANT CONNECT on the database, USAGE on the schema, SELECT on the table.',
      },
      {
        text: 'Enter the address below, such as postgresql://db.example.com:5432 or https://db.example.com:8443. BigQuery needs none.',
      },
      {
        text: 'Other ports than 443 have to be allowed by whoever runs Tidemark: TIDEMARK_EGRESS_ALLOW=host:port.',
      },
    ],
    permissions: [
      { name: 'CONNECT, USAGE, SELECT', why: 'PostgreSQL' },
      { name: 'SELECT', why: 'ClickHouse (experimental)' },
      { name: 'BigQuery Job User, BigQuery Data Viewer', why: 'BigQuery (experimental)' },
    ],
    reads: 'Totals that the database works out itself. Rows of events do not leave it.',
    never: 'Tidemark only ever sends SELECT, in a transaction that may not write.',
    fields: {
      engine: {
        label: 'What holds the table',
        choices: {
          postgres: 'PostgreSQL',
          clickhouse: 'ClickHouse (experimental)',
          bigquery: 'BigQuery (experimental)',
        },
      },
      table: { label: 'Table or view', hint: 'Such as analytics.events.' },
      database: { label: 'Database' },
      user: { label: 'User', hint: 'One that may only read.' },
      password: { label: 'Password' },
      tls: {
        label: 'Encryption',
        choices: { verify: 'Check the certificate', require: 'Encrypt only', off: 'None' },
      },
      tlsCa: { label: 'Further authority to trust', hint: 'As PEM text.' },
      writeRightsAcknowledged: {
        label: 'The user may write, and that is known',
        hint: 'Tidemark only reads all the same.',
      },
      project: { label: 'Project that pays' },
      serviceAccountKey: {
        label: 'JSON key of the service account',
        hint: 'It may run jobs and read the table.',
      },
      location: { label: 'Place of the dataset', hint: 'Such as EU.' },
      maxGigabytes: {
        label: 'Gigabytes billed at most',
        hint: 'A statement that would cost more is not run.',
      },
      userColumn: { label: 'Column with the person' },
      eventColumn: { label: 'Column with the name of the event' },
      timeColumn: { label: 'Column with the time' },
      timeAs: {
        label: 'How the time is written',
        choices: {
          instant: 'As a timestamp',
          milliseconds: 'Milliseconds since 1970',
          seconds: 'Seconds since 1970',
        },
      },
      idColumn: { label: 'Column with the id', hint: 'Where the table may hold an event several times.' },
      propertiesColumn: { label: 'Column with the properties', hint: 'As a JSON object.' },
      propertyColumns: { label: 'Properties are columns of their own' },
      statementTimeoutSeconds: { label: 'Seconds until a statement is given up' },
    },
  },
  values: {
    measures: 'Any number that you know yourself: a CSV file, or one request a day from a program.',
    needs: 'No key: a file or a request',
    steps: [
      { text: 'Name the number and say what it counts in.' },
      {
        text: 'Upload a CSV file with the columns day and value, or let a program send them. A ready command is shown next.',
      },
      { text: 'The same day again replaces its value, so repeating is safe.' },
    ],
    permissions: [],
    reads: 'Only what you send.',
    never: 'Nothing is fetched, and nothing is sent anywhere.',
    fields: {},
  },
  ...googleGuidesEn,
  ...documentGuidesEn,
  ...httpGuidesEn,
};
