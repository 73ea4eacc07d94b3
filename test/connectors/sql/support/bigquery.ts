import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, bodyOf, send } from '../../../../sandbox/google/answer.ts';
import { bearerOf, type GoogleAccount, grantToken } from '../../../../sandbox/google/token.ts';
import { type GoogleServer, startGoogle } from '../../support/google-account.ts';
import { problemOf, type QueryRequest, refusal } from './bigquery-request.ts';

export { refusal } from './bigquery-request.ts';

/** A statement's answer: columns with their types, and cells as BigQuery writes them. */
export type Result = { columns: Readonly<Record<string, string>>; rows: readonly (readonly unknown[])[] };
/** What a statement was given for its parameters. */
export type Given = Readonly<Record<string, string>>;

/** What BigQuery knows as of now. */
export type BigQueryWorld = {
  account: GoogleAccount;
  nowSeconds: number;
  project: string;
  location: string;
  /** What a statement gives: BigQuery's own work, which a test does in its place. */
  run: (given: Given, sql: string) => Result;
  /** What a dry run says that a statement reads, and what it is billed for in truth. */
  bytes: number;
  billed: number;
  /** An answer holds 10 MB at most: rows on a page, whatever was asked for. */
  pageRows: number;
  /** How often somebody who asks is told that the job goes on. */
  unfinished: number;
  /** Refuses a request at one of its stages. */
  refuse: (stage: Stage, sql: string) => Answer | null;
};
export type Stage = 'token' | 'dry' | 'run' | 'results';
export type BigQueryServer = GoogleServer & { told: QueryRequest[]; cancelled: string[] };

const SCOPES = ['bigquery', 'bigquery.readonly', 'cloud-platform', 'cloud-platform.read-only'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);

type Job = { sql: string; result: Result; unfinished: number };
type Kept = { jobs: Map<string, Job>; told: QueryRequest[]; cancelled: string[] };

/** jobs.query, jobs.getQueryResults and jobs.cancel, as their reference says. */
export async function startBigquery(world: BigQueryWorld, prefix = ''): Promise<BigQueryServer> {
  const kept: Kept = { jobs: new Map(), told: [], cancelled: [] };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void respond(world, kept, request).then(
      (answer) => send(response, answer),
      () => send(response, refusal(500, 'internalError', 'An internal error occurred.')),
    );
  };
  return Object.assign(await startGoogle(listener, prefix), { told: kept.told, cancelled: kept.cancelled });
}

async function respond(world: BigQueryWorld, kept: Kept, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://bigquery.invalid');
  const { method } = request;
  const body = await bodyOf(request);
  if (url.pathname === '/token')
    return world.refuse('token', '') ?? grantToken(body, world.account, world.nowSeconds);
  const bearer = bearerOf(request.headers.authorization, world.account, SCOPES, world.nowSeconds);
  if (bearer === 'narrow')
    return refusal(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
  if (bearer !== 'good') return refusal(401, 'authError', 'Request had invalid authentication credentials.');
  const [, project = '', rest = ''] = /^\/bigquery\/v2\/projects\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  if (project !== world.project) return refusal(404, 'notFound', `Not found: Project ${project}`);
  if (method === 'POST' && rest === 'queries') return query(world, kept, request, body);
  const [, read] = /^queries\/([^/]+)$/.exec(rest) ?? [];
  if (method === 'GET' && read !== undefined) return results(world, kept, read, url.searchParams);
  const [, stopped] = /^jobs\/([^/]+)\/cancel$/.exec(rest) ?? [];
  if (method === 'POST' && stopped !== undefined) {
    kept.cancelled.push(stopped);
    return { status: 200, body: { kind: 'bigquery#jobCancelResponse', job: { id: stopped } } };
  }
  return refusal(404, 'notFound', 'Not found.');
}

function query(world: BigQueryWorld, kept: Kept, { headers }: IncomingMessage, body: string): Answer {
  if (headers['content-type']?.startsWith('application/json') !== true)
    return refusal(400, 'invalid', 'Content-Type must be application/json.');
  const asked = JSON.parse(body) as QueryRequest; // problemOf looks at each member
  const problem = problemOf(asked);
  if (problem !== null) return problem;
  kept.told.push(asked);
  const { query: sql } = asked;
  if (asked.location !== undefined && asked.location !== world.location)
    return refusal(404, 'notFound', `Not found: Dataset was not found in location ${asked.location}`);
  const refused = world.refuse(asked.dryRun === true ? 'dry' : 'run', sql);
  if (refused !== null) return refused;
  const given = Object.fromEntries(
    (asked.queryParameters ?? []).map(({ name, parameterValue }) => [name, parameterValue.value]),
  );
  const result = world.run(given, sql);
  const kind = 'bigquery#queryResponse';
  const where = { projectId: world.project, location: world.location };
  if (asked.dryRun === true) {
    const totalBytesProcessed = String(world.bytes);
    const schema = schemaOf(result);
    const told = {
      kind,
      schema,
      jobReference: where,
      totalBytesProcessed,
      jobComplete: true,
      cacheHit: false,
    };
    return { status: 200, body: told };
  }
  const most = Number(asked.maximumBytesBilled);
  if (world.billed > most) {
    const message = `Query exceeded limit for bytes billed: ${most}. ${world.billed} or higher required.`;
    return refusal(400, 'bytesBilledLimitExceeded', message);
  }
  const jobId = `job_${kept.jobs.size + 1}`;
  kept.jobs.set(jobId, { sql, result, unfinished: world.unfinished });
  return pageOf(world, kept, jobId, { kind, from: 0, most: asked.maxResults ?? Infinity });
}

function results(world: BigQueryWorld, kept: Kept, jobId: string, params: URLSearchParams): Answer {
  const job = kept.jobs.get(jobId);
  // Only jobs in the multi-regions US and EU are found without their location.
  const isThere = params.get('location') === world.location;
  if (job === undefined || !isThere)
    return refusal(404, 'notFound', `Not found: Job ${world.project}:${jobId}`);
  const refused = world.refuse('results', job.sql);
  if (refused !== null) return refused;
  const token = params.get('pageToken');
  const [, from] = /^page_(\d+)$/.exec(token ?? 'page_0') ?? [];
  if (from === undefined) return refusal(400, 'invalid', `Invalid page token: ${token}`);
  const most = Number(params.get('maxResults') ?? Infinity);
  return pageOf(world, kept, jobId, { kind: 'bigquery#getQueryResultsResponse', from: Number(from), most });
}

function pageOf(
  world: BigQueryWorld,
  { jobs }: Kept,
  jobId: string,
  { from, kind, most }: { kind: string; from: number; most: number },
): Answer {
  const job = jobs.get(jobId);
  const head = { kind, jobReference: { projectId: world.project, jobId, location: world.location } };
  if (job === undefined || job.unfinished > 0) {
    if (job !== undefined) job.unfinished -= 1;
    return { status: 200, body: { ...head, jobComplete: false } };
  }
  const { rows } = job.result;
  const until = from + Math.min(world.pageRows, most);
  const page = rows.slice(from, until).map((cells) => ({ f: cells.map((v) => ({ v })) }));
  const body = {
    ...head,
    schema: schemaOf(job.result),
    totalRows: String(rows.length),
    ...(page.length === 0 ? {} : { rows: page }),
    ...(until < rows.length ? { pageToken: `page_${until}` } : {}),
    totalBytesProcessed: String(world.bytes),
    jobComplete: true,
    cacheHit: false,
  };
  return { status: 200, body };
}

function schemaOf({ columns }: Result) {
  return { fields: Object.entries(columns).map(([name, type]) => ({ name, type, mode: 'NULLABLE' })) };
}
