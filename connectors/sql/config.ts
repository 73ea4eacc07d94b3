import { z } from 'zod';
import { accountShape, limitShape, SECRET_FIELDS, settingProblems } from './engines/settings.ts';
import type { Engine } from './lexis.ts';

export { SECRET_FIELDS };

export const ENGINES = ['postgres', 'mysql', 'bigquery', 'clickhouse', 'duckdb'] as const satisfies Engine[];

/** Written after their documentation; no server of theirs was at hand to try them on. */
export const EXPERIMENTAL: readonly Engine[] = ['clickhouse', 'bigquery'];

const shape = z.strictObject({
  engine: z
    .enum(ENGINES, { error: `choose ${ENGINES.join(', ')}` })
    .describe(
      'What is asked: postgres, mysql (MariaDB, too), bigquery (experimental), clickhouse (experimental), or duckdb over CSV and Parquet files',
    ),
  ...accountShape,
  database: accountShape.database.describe('PostgreSQL, MySQL and ClickHouse: the database'),
  user: accountShape.user.describe('PostgreSQL, MySQL and ClickHouse: a user that may only read'),
  password: accountShape.password.describe('PostgreSQL, MySQL and ClickHouse: the password of the user'),
  tls: accountShape.tls.describe(
    'PostgreSQL and MySQL: verify checks the certificate (usual off this machine), require encrypts only, off sends in clear text',
  ),
  tlsCa: accountShape.tlsCa.describe('PostgreSQL and MySQL: the PEM of a further authority to trust'),
  writeRightsAcknowledged: accountShape.writeRightsAcknowledged.describe(
    'PostgreSQL and MySQL: true lets in a user that may write, although Tidemark only reads',
  ),
  folder: z
    .string()
    .regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\0\\]{1,200}$/, {
      error:
        'write the name of a folder below the one that the operator has opened, such as exports/shop, without . or ..',
    })
    .optional()
    .describe('DuckDB: the folder with CSV and Parquet files, below the one of TIDEMARK_SQL_FILES'),
  ...limitShape,
});

export type SqlConfig = z.output<typeof shape>;

const account = ['database', 'user', 'password'];
const rules = {
  needed: {
    postgres: account,
    mysql: account,
    clickhouse: ['user', 'password'],
    bigquery: ['project', 'serviceAccountKey'],
    duckdb: ['folder'],
  },
  only: {
    postgres: [...account, 'tls', 'tlsCa', 'writeRightsAcknowledged'],
    mysql: [...account, 'tls', 'tlsCa', 'writeRightsAcknowledged'],
    clickhouse: account,
    bigquery: ['project', 'serviceAccountKey', 'location'],
    duckdb: ['folder'],
  },
};

export const configSchema: z.ZodType<SqlConfig> = shape.superRefine((config, context) => {
  for (const { message, name } of settingProblems(config.engine, config, rules))
    context.addIssue({ code: 'custom', path: [name], message });
});
