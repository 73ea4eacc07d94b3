import { z } from 'zod';
import { driftError } from '../../sdk/index.ts';
import type { Row } from './session.ts';

/** Answers of jobs.query, jobs.getQueryResults and tables.get, as far as they are used. Whole numbers come as texts. */

const field = z.object({ name: z.string(), type: z.string() });
const schema = z.object({ fields: z.array(field) });
const cell = z.object({ v: z.unknown() }).refine((each) => 'v' in each, { error: 'a cell without "v"' });
const wholeNumber = z.string().regex(/^\d{1,19}$/);
const jobReference = z.object({ jobId: z.string().min(1), location: z.string().optional() });

/** A statement that was not run: what it would read, and give. */
export const drySchema = z.object({ totalBytesProcessed: wholeNumber, schema: schema.optional() });

/** A job that goes on says nothing yet; one that has ended counts its rows, of which these may be a part. */
export const pageSchema = z.discriminatedUnion('jobComplete', [
  z.object({ jobComplete: z.literal(false), jobReference: jobReference.optional() }),
  z.object({
    jobComplete: z.literal(true),
    jobReference: jobReference.optional(),
    schema,
    totalRows: wholeNumber,
    rows: z.array(z.object({ f: z.array(cell) })).default([]),
    pageToken: z.string().optional(),
  }),
]);
export type BigQueryAnswer = z.output<typeof pageSchema>;
export type BigQueryJob = z.output<typeof jobReference>;
export type BigQueryPage = Extract<BigQueryAnswer, { jobComplete: true }>;

export const tableSchema = z.object({
  schema,
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
  return page.rows.map(({ f }) => {
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
