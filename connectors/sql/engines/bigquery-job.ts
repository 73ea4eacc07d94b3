import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { abortedError, parseAnswer } from '../../sdk/index.ts';
import { type BigQueryAnswer, type BigQueryJob, type BigQueryPage, pageSchema } from './bigquery-answers.ts';
import { type Call, caller, REQUEST_MS, WAIT_MS, WHO } from './bigquery-call.ts';
import { projectPath, queryOf } from './bigquery-request.ts';
import { passingError, timeoutError, tooManyRowsError } from './failure.ts';
import type { EngineContext, Query, Recorder } from './session.ts';

const PAUSE_MS = 500;
const PAGE_ROWS = 50_000;

/** A statement under way: where it is asked, and who writes down that it was. */
type Asked = { context: EngineContext; call: Call; record: Recorder };

/** Runs a statement to its end and reads every page of its rows. */
export async function readAll(asked: Asked, query: Query): Promise<BigQueryPage[]> {
  const { call, context, record } = asked;
  const { settings: config } = context;
  const until = performance.now() + config.statementTimeoutSeconds * 1_000;
  const body = {
    ...queryOf(config, query),
    timeoutMs: WAIT_MS,
    jobTimeoutMs: String(config.statementTimeoutSeconds * 1_000),
    maxResults: PAGE_ROWS,
    // The same statement, sent again after a lost answer, is the same job.
    requestId: createHash('sha256').update(requestText(query, context.now)).digest('hex').slice(0, 36),
  };
  const first = pageOf(await call('POST', `${projectPath(config)}/queries`, body, record));
  const job = first.jobReference ?? null;
  return restOf(asked, job, await ended(asked, job, first, until));
}

/** Waits until the job has ended. */
async function ended(
  asked: Asked,
  job: BigQueryJob | null,
  first: BigQueryAnswer,
  until: number,
): Promise<BigQueryPage> {
  const { call, context } = asked;
  const { settings, signal, words } = context;
  let answer = first;
  try {
    while (!answer.jobComplete) {
      if (performance.now() >= until) throw timeoutError(settings.statementTimeoutSeconds, WHO, words.slow);
      await delay(PAUSE_MS, undefined, { signal });
      answer = await askOn(asked, job, {});
    }
    return answer;
  } catch (error) {
    // A job goes on and is paid for when nobody waits for it any more.
    if (job !== null) await cancel(context, call, job);
    throw signal.aborted ? abortedError(WHO, error) : error;
  }
}

/** The pages behind the first, to the last; there have to be as many rows as the job has counted. */
async function restOf(asked: Asked, job: BigQueryJob | null, first: BigQueryPage): Promise<BigQueryPage[]> {
  const { most, words } = asked.context;
  const total = Number(first.totalRows);
  if (total > most.rows) throw tooManyRowsError(WHO, words.large);
  const pages = [first];
  const seen = new Set<string>();
  let count = first.rows.length;
  for (let page = first; page.pageToken !== undefined && page.pageToken !== ''; ) {
    if (count > total || seen.has(page.pageToken)) break; // it would go on for ever
    seen.add(page.pageToken);
    const next = await askOn(asked, job, { pageToken: page.pageToken });
    if (!next.jobComplete) break;
    page = next;
    pages.push(page);
    count += page.rows.length;
  }
  if (count === total) return pages;
  throw passingError('incomplete', `BigQuery counted ${total} rows and sent ${count}.`);
}

async function askOn(
  { call, context, record }: Asked,
  job: BigQueryJob | null,
  more: globalThis.Record<string, string>,
): Promise<BigQueryAnswer> {
  if (job === null) throw passingError('no_job', 'BigQuery named no job to ask about.');
  const params = new URLSearchParams({
    timeoutMs: String(WAIT_MS),
    maxResults: String(PAGE_ROWS),
    ...(job.location === undefined ? {} : { location: job.location }),
    ...more,
  });
  const path = `${projectPath(context.settings)}/queries/${encodeURIComponent(job.jobId)}?${params.toString()}`;
  return pageOf(await call('GET', path, null, record));
}

function pageOf(answer: unknown): BigQueryAnswer {
  return parseAnswer(WHO, 'a page of rows', pageSchema, answer);
}

/** The same statement with other parameters is another job. */
function requestText({ bound, sql }: Query, now: Date): string {
  const values = bound.length === 0 ? '' : JSON.stringify(bound);
  return `${sql}${values}${now.toISOString()}`;
}

async function cancel(context: EngineContext, call: Call, job: BigQueryJob): Promise<void> {
  const where = job.location === undefined ? '' : `?location=${encodeURIComponent(job.location)}`;
  const path = `${projectPath(context.settings)}/jobs/${encodeURIComponent(job.jobId)}/cancel${where}`;
  const unstopped = caller({ ...context, signal: AbortSignal.timeout(REQUEST_MS) });
  await (context.signal.aborted ? unstopped : call)('POST', path, {}, () => {}).catch(() => {});
}
