import { z } from 'zod';
import { serviceAccountKey } from '../../sdk/index.ts';

/** The settings that a way to an engine is made of, whatever is asked there. Flat, so that each can be given by its name. */

/** A place among the statements under way is kept for 150 seconds, also when its process has died. */
const MOST_SECONDS = 120;

/** Who asks, and where. */
export const accountShape = {
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
  serviceAccountKey: serviceAccountKey(
    'BigQuery: the JSON key file of a service account that may run jobs and read the table',
  ).optional(),
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
};

export const limitShape = {
  statementTimeoutSeconds: z
    .int()
    .min(1)
    .max(MOST_SECONDS)
    .default(60)
    .describe('After how long a statement is given up'),
};

const settingsSchema = z.object({ ...accountShape, ...limitShape });
export type EngineSettings = z.output<typeof settingsSchema>;

export const SECRET_FIELDS = ['password', 'serviceAccountKey'] as const;

/** Secrets that only some engines need are not asked for by the command line. */
const HOW_GIVEN: Readonly<Record<string, string>> = {
  password: '; on the command line set TIDEMARK_SECRET_PASSWORD',
  serviceAccountKey:
    '; on the command line set TIDEMARK_SECRET_SERVICE_ACCOUNT_KEY_FILE to the path of the file',
};

type Given = Readonly<Record<string, unknown>>;

/** What each engine cannot do without, and what belongs to others alone and would be passed over in silence. */
export function settingProblems(
  engine: string,
  config: Given,
  rules: {
    needed: Readonly<Record<string, readonly string[]>>;
    only: Readonly<Record<string, readonly string[]>>;
  },
): { name: string; message: string }[] {
  const missing = (rules.needed[engine] ?? []).filter((name) => config[name] === undefined);
  const owners = (name: string) =>
    Object.entries(rules.only).flatMap(([owner, names]) => (names.includes(name) ? [owner] : []));
  const given = [...new Set(Object.values(rules.only).flat())].filter((name) => config[name] !== undefined);
  const foreign = given.filter((name) => !owners(name).includes(engine));
  const tls =
    config['tls'] === 'off' && config['tlsCa'] !== undefined
      ? [{ name: 'tlsCa', message: 'nothing is encrypted with tls=off' }]
      : [];
  return [
    ...missing.map((name) => ({ name, message: `${engine} needs it${HOW_GIVEN[name] ?? ''}` })),
    ...foreign.map((name) => ({ name, message: `it is a setting of ${owners(name).join(' and ')}` })),
    ...tls,
  ];
}
