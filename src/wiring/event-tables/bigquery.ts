import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { abortedError, parseAnswer } from '../../../connectors/sdk/index.ts';
import type { EventRow } from '../../event-sql/index.ts';
import { type BigQueryPage, pageSchema, rowsIn } from './bigquery-answers.ts';
import { type Call, caller, REQUEST_MS, type Record, WAIT_MS, WHO } from './bigquery-call.ts';
import type { TableConfig } from './config.ts';
import { ownersError, passingError, timeoutError, tooManyRowsError } from './failure.ts';
import { MOST_ROWS, type SessionContext, type TableSession } from './session.ts';

/** BigQuery over REST. Experimental: written after its documentation. */

const PAUSE_MS = 500;
const PAGE_ROWS = 50_000;

export function openBigquery(context: SessionContext): TableSession {
  const { config } = context;
  const call = caller(context);
  return {
    close: async () => {},
    ask: (sql, record) =>
      context.spend(async () => {
        await refuseIfCostly(call, config, sql, record);
        return readAll(context, call, sql, record);
      }),
  };
}

/** What a statement would read is known before it is run, and costs nothing to ask. */
async function refuseIfCostly(call: Call, config: TableConfig, sql: string, record: Record): Promise<void> {
  const body = { ...queryOf(config, sql), dryRun: true };
  const dry = pageOf(await call('POST', `${projectPath(config)}/queries`, body, record));
  const gigabytes = Number(dry.totalBytesProcessed ?? 0) / 1e9;
  if (gigabytes <= config.maxGigabytes) return;
  const what = `A statement over ${config.table} would read ${gigabytes.toFixed(1)} GB, and at most ${config.maxGigabytes} are allowed.`;
  const hint = 'Partition the table by its time column, choose a shorter window, or raise maxGigabytes.';
  throw ownersError('too_large', 'too_costly', what, hint);
}

async function readAll(
  context: SessionContext,
  call: Call,
  sql: string,
  record: Record,
): Promise<EventRow[]> {
  const { config } = context;
  const until = performance.now() + config.statementTimeoutSeconds * 1_000;
  const body = {
    ...queryOf(config, sql),
    timeoutMs: WAIT_MS,
    jobTimeoutMs: String(config.statementTimeoutSeconds * 1_000),
    maxResults: PAGE_ROWS,
    // The same statement, sent again after a lost answer, is the same job.
    requestId: createHash('sha256').update(`${sql}${context.now.toISOString()}`).digest('hex').slice(0, 36),
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
      if (performance.now() >= until) throw timeoutError(config.statementTimeoutSeconds, WHO);
      await delay(PAUSE_MS, undefined, { signal: context.signal });
      page = pageOf(await askOn({}));
    }
  } catch (error) {
    // A job goes on and is paid for when nobody waits for it any more.
    if (job !== undefined) await cancel(context, call, job);
    throw context.signal.aborted ? abortedError(WHO, error) : error;
  }
  const { fields } = page.schema ?? { fields: [] };
  const rows = rowsIn(fields, page);
  const total = Number(page.totalRows ?? rows.length);
  if (total > MOST_ROWS) throw tooManyRowsError(WHO);
  while (page.pageToken !== undefined && page.pageToken !== '') {
    page = pageOf(await askOn({ pageToken: page.pageToken }));
    rows.push(...rowsIn(fields, page));
    if (rows.length > MOST_ROWS) throw tooManyRowsError(WHO);
  }
  if (rows.length !== total) throw passingError('incomplete', 'BigQuery sent fewer rows than it counted.');
  return rows;
}

async function cancel(
  context: SessionContext,
  call: Call,
  job: NonNullable<BigQueryPage['jobReference']>,
): Promise<void> {
  const where = job.location === undefined ? '' : `?location=${encodeURIComponent(job.location)}`;
  const path = `${projectPath(context.config)}/jobs/${encodeURIComponent(job.jobId)}/cancel${where}`;
  const unstopped = caller({ ...context, signal: AbortSignal.timeout(REQUEST_MS) });
  await (context.signal.aborted ? unstopped : call)('POST', path, {}, () => {}).catch(() => {});
}

function queryOf(config: TableConfig, sql: string) {
  return {
    query: sql,
    useLegacySql: false,
    maximumBytesBilled: String(config.maxGigabytes * 1_000_000_000),
    ...(config.location === undefined ? {} : { location: config.location }),
  };
}

function pageOf(answer: unknown): BigQueryPage {
  return parseAnswer(WHO, 'a page of rows', pageSchema, answer);
}

function projectPath({ project }: TableConfig): string {
  return `/bigquery/v2/projects/${encodeURIComponent(project ?? '')}`;
}
