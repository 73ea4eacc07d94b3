import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { abortedError, parseAnswer } from '../../sdk/index.ts';
import { type BigQueryPage, cellsIn, pageSchema, rowsIn } from './bigquery-answers.ts';
import { type Call, caller, REQUEST_MS, WAIT_MS, WHO } from './bigquery-call.ts';
import { ownersError, passingError, timeoutError, tooManyRowsError } from './failure.ts';
import type { Bound, EngineContext, EngineSession, Query, Recorder } from './session.ts';
import type { EngineSettings } from './settings.ts';

/** BigQuery over REST. Experimental: written after its documentation. */

const PAUSE_MS = 500;
const PAGE_ROWS = 50_000;

export function openBigquery(context: EngineContext): EngineSession {
  const call = caller(context);
  const run = (query: Query, record: Recorder) =>
    context.spend(async () => {
      await refuseIfCostly(call, context, query, record);
      return readAll(context, call, query, record);
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
      };
    },
  };
}

/** What a statement would give and cost, without running it. */
export async function dryRun(context: EngineContext, query: Query, record: Recorder): Promise<DryRun> {
  return context.spend(() => refuseIfCostly(caller(context), context, query, record));
}

export type DryRun = { columns: string[]; gigabytes: number };
type Fields = readonly { name: string; type: string }[];

/** What a statement would read is known before it is run, and costs nothing to ask. */
async function refuseIfCostly(
  call: Call,
  { settings: config, words }: EngineContext,
  query: Query,
  record: Recorder,
): Promise<DryRun> {
  const body = { ...queryOf(config, query), dryRun: true };
  const dry = pageOf(await call('POST', `${projectPath(config)}/queries`, body, record));
  const gigabytes = Number(dry.totalBytesProcessed ?? 0) / 1e9;
  const columns = dry.schema?.fields.map(({ name }) => name) ?? [];
  if (gigabytes <= config.maxGigabytes) return { columns, gigabytes };
  const what = `${words.statement} would read ${gigabytes.toFixed(1)} GB, and at most ${config.maxGigabytes} are allowed.`;
  throw ownersError('too_large', 'too_costly', what, words.costly);
}

async function readAll(
  context: EngineContext,
  call: Call,
  query: Query,
  record: Recorder,
): Promise<{ fields: Fields; pages: BigQueryPage[] }> {
  const { most, settings: config, words } = context;
  const until = performance.now() + config.statementTimeoutSeconds * 1_000;
  const body = {
    ...queryOf(config, query),
    timeoutMs: WAIT_MS,
    jobTimeoutMs: String(config.statementTimeoutSeconds * 1_000),
    maxResults: PAGE_ROWS,
    // The same statement, sent again after a lost answer, is the same job.
    requestId: createHash('sha256').update(requestText(query, context.now)).digest('hex').slice(0, 36),
  };
  let page = pageOf(await call('POST', `${projectPath(config)}/queries`, body, record));
  const job = page.jobReference;
  const askOn = (more: globalThis.Record<string, string>): Promise<unknown> => {
    if (job === undefined) throw passingError('no_job', 'BigQuery named no job to ask about.');
    const query = new URLSearchParams({
      timeoutMs: String(WAIT_MS),
      maxResults: String(PAGE_ROWS),
      ...(job.location === undefined ? {} : { location: job.location }),
      ...more,
    });
    return call(
      'GET',
      `${projectPath(config)}/queries/${encodeURIComponent(job.jobId)}?${query.toString()}`,
      null,
      record,
    );
  };
  try {
    while (!page.jobComplete) {
      if (performance.now() >= until) throw timeoutError(config.statementTimeoutSeconds, WHO, words.slow);
      await delay(PAUSE_MS, undefined, { signal: context.signal });
      page = pageOf(await askOn({}));
    }
  } catch (error) {
    // A job goes on and is paid for when nobody waits for it any more.
    if (job !== undefined) await cancel(context, call, job);
    throw context.signal.aborted ? abortedError(WHO, error) : error;
  }
  const { fields } = page.schema ?? { fields: [] };
  const pages = [page];
  let count = page.rows?.length ?? 0;
  const total = Number(page.totalRows ?? count);
  if (total > most.rows) throw tooManyRowsError(WHO, words.large);
  while (page.pageToken !== undefined && page.pageToken !== '') {
    page = pageOf(await askOn({ pageToken: page.pageToken }));
    pages.push(page);
    count += page.rows?.length ?? 0;
    if (count > most.rows) throw tooManyRowsError(WHO, words.large);
  }
  if (count !== total) throw passingError('incomplete', 'BigQuery sent fewer rows than it counted.');
  return { fields, pages };
}

/** The same statement with other parameters is another job. */
function requestText({ bound, sql }: Query, now: Date): string {
  const values = bound.length === 0 ? '' : JSON.stringify(bound);
  return `${sql}${values}${now.toISOString()}`;
}

async function cancel(
  context: EngineContext,
  call: Call,
  job: NonNullable<BigQueryPage['jobReference']>,
): Promise<void> {
  const where = job.location === undefined ? '' : `?location=${encodeURIComponent(job.location)}`;
  const path = `${projectPath(context.settings)}/jobs/${encodeURIComponent(job.jobId)}/cancel${where}`;
  const unstopped = caller({ ...context, signal: AbortSignal.timeout(REQUEST_MS) });
  await (context.signal.aborted ? unstopped : call)('POST', path, {}, () => {}).catch(() => {});
}

const TYPES: Readonly<Record<Bound['type'], string>> = { instant: 'TIMESTAMP', day: 'DATE', text: 'STRING' };

function queryOf(config: EngineSettings, { bound, sql }: Query) {
  return {
    query: sql,
    useLegacySql: false,
    maximumBytesBilled: String(config.maxGigabytes * 1_000_000_000),
    ...(config.location === undefined ? {} : { location: config.location }),
    ...(bound.length === 0
      ? {}
      : {
          parameterMode: 'NAMED',
          queryParameters: bound.map(({ name, type, value }) => ({
            name,
            parameterType: { type: TYPES[type] },
            parameterValue: { value },
          })),
        }),
  };
}

function pageOf(answer: unknown): BigQueryPage {
  return parseAnswer(WHO, 'a page of rows', pageSchema, answer);
}

function projectPath({ project }: EngineSettings): string {
  return `/bigquery/v2/projects/${encodeURIComponent(project ?? '')}`;
}
