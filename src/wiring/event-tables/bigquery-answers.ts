import { z } from 'zod';
import { driftError } from '../../../connectors/sdk/index.ts';
import type { EventRow } from '../../event-sql/index.ts';

/** Answers of jobs.query, jobs.getQueryResults and tables.get, as far as they are used. Whole numbers come as texts. */

const field = z.object({ name: z.string(), type: z.string() });
const cell = z.object({ v: z.unknown() });

export const pageSchema = z.object({
  jobComplete: z.boolean().default(true),
  jobReference: z.object({ jobId: z.string(), location: z.string().optional() }).optional(),
  schema: z.object({ fields: z.array(field) }).optional(),
  rows: z.array(z.object({ f: z.array(cell) })).optional(),
  totalRows: z.string().optional(),
  totalBytesProcessed: z.string().optional(),
  pageToken: z.string().optional(),
});
export type BigQueryPage = z.output<typeof pageSchema>;

export const tableSchema = z.object({
  schema: z.object({ fields: z.array(field) }),
  timePartitioning: z.object({ field: z.string().optional() }).optional(),
});

/** Cells by the names of their columns. @throws ConnectorError when a row has another number of them */
export function rowsIn(fields: readonly { name: string; type: string }[], page: BigQueryPage): EventRow[] {
  return (page.rows ?? []).map(({ f }) => {
    if (f.length !== fields.length)
      throw driftError('BigQuery', 'a row: cells and columns differ', '/rows/f');
    return Object.fromEntries(fields.map(({ name, type }, at) => [name, valueOf(type, f[at]?.v)]));
  });
}

function valueOf(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'BOOLEAN' || type === 'BOOL') return value === 'true' || value === true;
  if (type === 'FLOAT' || type === 'FLOAT64') return Number(value);
  return value;
}
