import { z } from 'zod';
import { driftError } from '../../sdk/index.ts';
import type { Row } from './session.ts';

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

type Fields = readonly { name: string; type: string }[];

/** Cells by the names of their columns. @throws ConnectorError when a row has another number of them */
export function rowsIn(fields: Fields, page: BigQueryPage): Row[] {
  return whole(fields, page).map((cells) =>
    Object.fromEntries(fields.map(({ name, type }, at) => [name, valueOf(type, cells[at]?.v)])),
  );
}

/** Cells as they are written. @throws ConnectorError when a row has another number of them, or one is not plain */
export function cellsIn(fields: Fields, page: BigQueryPage): (string | null)[][] {
  return whole(fields, page).map((cells) =>
    cells.map(({ v }) => {
      if (v === null || v === undefined) return null;
      if (typeof v === 'string') return v;
      if (typeof v === 'number' || typeof v === 'boolean') return String(v);
      return JSON.stringify(v);
    }),
  );
}

function whole(fields: Fields, page: BigQueryPage): { v?: unknown }[][] {
  return (page.rows ?? []).map(({ f }) => {
    if (f.length !== fields.length)
      throw driftError('BigQuery', 'a row: cells and columns differ', '/rows/f');
    return f;
  });
}

function valueOf(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'BOOLEAN' || type === 'BOOL') return value === 'true' || value === true;
  if (type === 'FLOAT' || type === 'FLOAT64') return Number(value);
  return value;
}
