import { defineConnector } from '../sdk/index.ts';
import { check } from './check.ts';
import { configSchema, SECRET_FIELDS, type SqlConfig } from './config.ts';
import { allowedHosts } from './engines/address.ts';
import { query } from './metric.ts';

export const sql = defineConnector<SqlConfig>({
  id: 'sql',
  title: 'SQL',
  version: '1',
  configSchema,
  secretFields: SECRET_FIELDS,
  guide:
    'Give a database a user of its own that may only read (GRANT SELECT), and its address, such as ' +
    'postgresql://db.example.com:5432 or mysql://db.example.com:3306; the operator opens its port with ' +
    'TIDEMARK_EGRESS_ALLOW=host:port. BigQuery needs no address. Files need no database: the operator opens a folder with ' +
    'TIDEMARK_SQL_FILES. Each metric is one query: connectors/sql/README.md.',
  allowedHosts: (endpoint) => allowedHosts(endpoint?.href ?? null),
  slowAnswers: true,
  limits: { requestsPerSecond: 10, concurrent: 2 },
  check,
  metrics: { query },
});
