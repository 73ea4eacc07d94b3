import { z } from 'zod';
import { accountShape, limitShape, settingProblems } from '../../../connectors/sql/engines/settings.ts';

/** The settings of a connection to somebody's own table of events, flat, so that each can be given by its name. */

export type Engine = 'postgres' | 'clickhouse' | 'bigquery';
export type TableConfig = z.output<typeof configSchema>;

/** Written after their documentation; no server of theirs was at hand to try them on. */
export const EXPERIMENTAL: readonly Engine[] = ['clickhouse', 'bigquery'];
export { SECRET_FIELDS } from '../../../connectors/sql/engines/settings.ts';

const NAME_HELP = 'use letters, digits and _, not beginning with a digit; offer other names through a view';
/** What is written of a name can be read in one way only, also by the people who look at a statement. */
const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, { error: NAME_HELP });

const table = z
  .string()
  .regex(/^(?:[A-Za-z_][A-Za-z0-9_-]{0,127}\.){0,2}[A-Za-z_][A-Za-z0-9_]{0,127}$/, {
    error: `write schema.table (BigQuery: dataset.table, or project.dataset.table); ${NAME_HELP}`,
  })
  .describe('The table or view of events, such as analytics.events');

/** As it is stored, without its secrets. */
export const storedSchema = z.strictObject({
  engine: z
    .enum(['postgres', 'clickhouse', 'bigquery'], { error: 'choose postgres, clickhouse or bigquery' })
    .describe('What holds the table: postgres, clickhouse (experimental) or bigquery (experimental)'),
  table,
  ...accountShape,
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
  ...limitShape,
});

/** What each engine cannot do without. */
const NEEDED: Readonly<Record<Engine, readonly (keyof z.output<typeof storedSchema>)[]>> = {
  postgres: ['database', 'user', 'password'],
  clickhouse: ['user', 'password'],
  bigquery: ['project', 'serviceAccountKey'],
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
  for (const { message, name } of settingProblems(config.engine, config, { needed: NEEDED, only: ONLY }))
    problem(name, message);
  if (config.propertyColumns && config.propertiesColumn !== undefined) {
    problem('propertiesColumn', 'properties are one JSON column or columns of their own names, not both');
  }
  const parts = config.table.split('.');
  if (config.engine === 'bigquery' ? parts.length < 2 : parts.length > 2) {
    problem('table', config.engine === 'bigquery' ? 'write dataset.table' : 'write schema.table');
  }
  if (config.engine !== 'bigquery' && config.table.includes('-')) problem('table', NAME_HELP);
});
