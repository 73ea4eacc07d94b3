import { parseAnswer } from '../../sdk/index.ts';
import { cellsIn, drySchema, rowsIn } from './bigquery-answers.ts';
import { type Call, caller, WHO } from './bigquery-call.ts';
import { readAll } from './bigquery-job.ts';
import { projectPath, queryOf } from './bigquery-request.ts';
import { ownersError } from './failure.ts';
import type { EngineContext, EngineSession, Query, Recorder } from './session.ts';

/** BigQuery over REST. Experimental: written after its documentation. */

export function openBigquery(context: EngineContext): EngineSession {
  const call = caller(context);
  const run = (query: Query, record: Recorder) =>
    context.spend(async () => {
      await refuseIfCostly(call, context, query, record);
      const pages = await readAll({ context, call, record }, query);
      return { fields: pages[0]?.schema.fields ?? [], pages };
    });
  return {
    close: async () => {},
    ask: async (sql, record) => {
      const { fields, pages } = await run({ sql, bound: [] }, record);
      return pages.flatMap((page) => rowsIn(fields, page));
    },
    query: async (query, record) => {
      const { fields, pages } = await run(query, record);
      return {
        columns: fields.map(({ name }) => name),
        rows: pages.flatMap((page) => cellsIn(fields, page)),
        pages: pages.length,
      };
    },
  };
}

/** What a statement would give and cost, without running it. */
export async function dryRun(context: EngineContext, query: Query, record: Recorder): Promise<DryRun> {
  return context.spend(() => refuseIfCostly(caller(context), context, query, record));
}

export type DryRun = { columns: string[]; gigabytes: number };

/** What a statement would read is known before it is run, and costs nothing to ask. */
async function refuseIfCostly(
  call: Call,
  { settings: config, words }: EngineContext,
  query: Query,
  record: Recorder,
): Promise<DryRun> {
  const body = { ...queryOf(config, query), dryRun: true };
  const answer = await call('POST', `${projectPath(config)}/queries`, body, record);
  const { schema, totalBytesProcessed } = parseAnswer(WHO, 'a dry run', drySchema, answer);
  const gigabytes = Number(totalBytesProcessed) / 1e9;
  const columns = schema?.fields.map(({ name }) => name) ?? [];
  if (gigabytes <= config.maxGigabytes) return { columns, gigabytes };
  const what = `${words.statement} would read ${gigabytes.toFixed(1)} GB, and at most ${config.maxGigabytes} are allowed.`;
  throw ownersError('too_large', 'too_costly', what, words.costly);
}
