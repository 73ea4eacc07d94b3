import { z } from 'zod';
import { KEY_HELP, readServiceAccount } from './service-account.ts';

/** The settings of a connection to somebody's own table of events, flat, so that each can be given by its name. */

export type Engine = 'postgres' | 'clickhouse' | 'bigquery';
export type TableConfig = z.output<typeof configSchema>;

/** Written after their documentation; no server of theirs was at hand to try them on. */
export const EXPERIMENTAL: readonly Engine[] = ['clickhouse', 'bigquery'];
export const SECRET_FIELDS = ['password', 'serviceAccountKey'] as const;

const NAME_HELP = 'use letters, digits and _, not beginning with a digit; offer other names through a view';
/** What is written of a name can be read in one way only, also by the people who look at a statement. */
const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, { error: NAME_HELP });

const table = z
  .string()
  .regex(/^(?:[A-Za-z_][A-Za-z0-9_-]{0,127}\.){0,2}[A-Za-z_][A-Za-z0-9_]{0,127}$/, {
    error: `write schema.table (BigQuery: dataset.table, or project.dataset.table); ${NAME_HELP}`,
  })
  .describe('The table or view of events, such as analytics.events');

const serviceAccountKey = z
  .string({ error: KEY_HELP })
  .describe('BigQuery: the JSON key file of a service account that may run jobs and read the table')
  .transform((text, context) => {
    const read = readServiceAccount(text);
    if (!('problem' in read)) return read.text;
    context.addIssue({ code: 'custom', message: read.problem });
    return z.NEVER;
  });

/** A place among the statements under way is kept for 150 seconds, also when its process has died. */
const MOST_SECONDS = 120;

/** As it is stored, without its secrets. */
export const storedSchema = z.strictObject({
  engine: z
    .enum(['postgres', 'clickhouse', 'bigquery'], { error: 'choose postgres, clickhouse or bigquery' })
    .describe('What holds the table: postgres, clickhouse (experimental) or bigquery (experimental)'),
  table,
  database: z.string().min(1).max(128).optional().describe('PostgreSQL and ClickHouse: the database'),
  user: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe('PostgreSQL and ClickHouse: a user that may only read'),
  password: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe('PostgreSQL and ClickHouse: the password of the user'),
  tls: z
    .enum(['verify', 'require', 'off'], { error: 'choose verify, require or off' })
    .optional()
    .describe(
      'PostgreSQL: verify checks the certificate (usual off this machine), require encrypts only, off sends in clear text',
    ),
  tlsCa: z.string().max(100_000).optional().describe('PostgreSQL: the PEM of a further authority to trust'),
  writeRightsAcknowledged: z
    .boolean()
    .optional()
    .describe('PostgreSQL: true lets in a user that may write, although Tidemark only reads'),
  project: z
    .string()
    .regex(/^[a-z][a-z0-9.:-]{4,99}$/, { error: 'write the ID of a project, such as my-company-123' })
    .optional()
    .describe('BigQuery: the project whose account pays for the statements'),
  serviceAccountKey: serviceAccountKey.optional(),
  location: z
    .string()
    .regex(/^[A-Za-z0-9-]{2,40}$/)
    .optional()
    .describe('BigQuery: where the dataset is, such as EU'),
  maxGigabytes: z
    .int()
    .min(1)
    .max(100_000)
    .default(20)
    .describe('BigQuery: a statement that would be billed for more is not run'),
  userColumn: identifier.describe('The column with the resolved person'),
  eventColumn: identifier.describe('The column with the name of the event'),
  timeColumn: identifier.describe('The column with the time of the event'),
  timeAs: z
    .enum(['instant', 'milliseconds', 'seconds'], { error: 'choose instant, milliseconds or seconds' })
    .default('instant')
    .describe(
      'How the time is written: instant for a timestamp, or a number of milliseconds or seconds since 1970',
    ),
  idColumn: identifier
    .optional()
    .describe('The column with the id of the event, where the table may hold an event several times'),
  propertiesColumn: identifier.optional().describe('The column with the properties as a JSON object'),
  propertyColumns: z.boolean().default(false).describe('Whether properties are columns of their own names'),
  statementTimeoutSeconds: z
    .int()
    .min(1)
    .max(MOST_SECONDS)
    .default(60)
    .describe('After how long a statement is given up'),
});

/** What each engine cannot do without. */
const NEEDED: Readonly<Record<Engine, readonly (keyof z.output<typeof storedSchema>)[]>> = {
  postgres: ['database', 'user', 'password'],
  clickhouse: ['user', 'password'],
  bigquery: ['project', 'serviceAccountKey'],
};

/** Secrets that only some engines need are not asked for by the command line. */
const HOW_GIVEN: Readonly<Record<string, string>> = {
  password: '; on the command line set TIDEMARK_SECRET_PASSWORD',
  serviceAccountKey:
    '; on the command line set TIDEMARK_SECRET_SERVICE_ACCOUNT_KEY_FILE to the path of the file',
};

/** What belongs to one engine alone, and would be passed over in silence elsewhere. */
const ONLY: Readonly<Record<Engine, readonly (keyof z.output<typeof storedSchema>)[]>> = {
  postgres: ['tls', 'tlsCa', 'writeRightsAcknowledged'],
  clickhouse: [],
  bigquery: ['project', 'serviceAccountKey', 'location'],
};

export const configSchema = storedSchema.superRefine((config, context) => {
  const problem = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  for (const name of NEEDED[config.engine]) {
    if (config[name] === undefined) problem(name, `${config.engine} needs it${HOW_GIVEN[name] ?? ''}`);
  }
  for (const [engine, names] of Object.entries(ONLY)) {
    if (engine === config.engine) continue;
    for (const name of names) if (config[name] !== undefined) problem(name, `it is a setting of ${engine}`);
  }
  if (config.propertyColumns && config.propertiesColumn !== undefined) {
    problem('propertiesColumn', 'properties are one JSON column or columns of their own names, not both');
  }
  if (config.tls === 'off' && config.tlsCa !== undefined)
    problem('tlsCa', 'nothing is encrypted with tls=off');
  const parts = config.table.split('.');
  if (config.engine === 'bigquery' ? parts.length < 2 : parts.length > 2) {
    problem('table', config.engine === 'bigquery' ? 'write dataset.table' : 'write schema.table');
  }
  if (config.engine !== 'bigquery' && config.table.includes('-')) problem('table', NAME_HELP);
});
