import type { IncomingMessage, ServerResponse } from 'node:http';
import { spoil } from '../spoil.ts';
import { invalid, Refusal } from './errors.ts';
import { twisted } from './faults.ts';
import type { Call, Outcome, Service } from './service.ts';

const HEADERS = {
  'content-type': 'application/json; charset=UTF-8',
  'cache-control': 'private',
  'x-sandbox-data': 'true',
};
const MAX_BODY_BYTES = 1_048_576;

/** Answers one request to `/v1beta/` or `/v1alpha/`. */
export async function answerRest(
  request: IncomingMessage,
  response: ServerResponse,
  serve: Service,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const outcome = await outcomeOf(request, response, url, serve);
  const refusal = 'refusal' in outcome ? outcome.refusal : null;
  const status = refusal?.http ?? 200;
  const body = 'refusal' in outcome ? outcome.refusal.body() : enumsAsAsked(outcome.body, url);
  const seconds = refusal?.retryAfterSeconds ?? null;
  const headers = { ...HEADERS, ...(seconds === null ? {} : { 'retry-after': String(seconds) }) };
  const text = `${JSON.stringify(body, null, 2)}\n`;
  if (outcome.fault !== null && spoil(outcome.fault, response, { status, headers, body, text }, twisted))
    return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

async function outcomeOf(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  serve: Service,
): Promise<Outcome> {
  try {
    const target = targetOf(request.method ?? 'GET', url.pathname);
    const body = await bodyOf(request);
    const { authorization } = request.headers;
    const onEnd = (leave: () => void) => {
      if (response.closed) leave();
      else response.on('close', leave);
    };
    return await serve({ ...target, body, authorization, path: url.pathname, onEnd });
  } catch (error) {
    if (error instanceof Refusal) return { fault: null, refusal: error };
    throw error;
  }
}

/** @throws Refusal (404) for what is no address of the API */
function targetOf(httpMethod: string, path: string): Pick<Call, 'method' | 'propertyId'> {
  const found = /^\/v1(beta|alpha)\/properties\/([^/:]+)(?::(\w+)|\/(\w+))$/.exec(path);
  const [, version, propertyId = '', action, resource] = found ?? [];
  if (version === 'beta' && action !== undefined && httpMethod === 'POST') {
    return { method: action, propertyId };
  }
  if (version === 'beta' && resource === 'metadata' && httpMethod === 'GET') {
    return { method: 'getMetadata', propertyId };
  }
  if (version === 'alpha' && resource === 'propertyQuotasSnapshot' && httpMethod === 'GET') {
    return { method: 'v1alpha getPropertyQuotasSnapshot', propertyId };
  }
  // The service says which of these are not served; what Google does not know either is not found.
  if (version === 'alpha') return { method: `v1alpha ${action ?? resource}`, propertyId };
  if (resource === 'audienceExports') return { method: resource, propertyId };
  throw new Refusal('NOT_FOUND', `The requested URL ${path} was not found on this server.`);
}

/** @throws Refusal (400) for a body that is no JSON, or too long */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A request that is not decoded as text gives buffers.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw invalid('Request payload size exceeds the limit: 1048576 bytes.');
    chunks.push(chunk);
  }
  if (bytes === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw invalid('Invalid JSON payload received. Unexpected token.');
  }
}

/** Of the enums that an answer holds, by name; no two of them share one. */
const ENUM_NUMBERS: Readonly<Record<string, number>> = {
  TYPE_INTEGER: 1,
  TYPE_FLOAT: 2,
  TYPE_SECONDS: 4,
  TYPE_STANDARD: 8,
  TYPE_CURRENCY: 9,
  COST_DATA: 1,
  REVENUE_DATA: 2,
  NO_REVENUE_METRICS: 1,
  NO_COST_METRICS: 2,
  COMPATIBLE: 1,
  INCOMPATIBLE: 2,
  DATA_TRUNCATION_TYPE_RULES_BASED_MODELS: 1,
  DATA_TRUNCATION_TYPE_DATA_DRIVEN_ATTRIBUTION: 2,
  DATA_TRUNCATION_TYPE_DV360: 3,
  DATA_TRUNCATION_TYPE_CM360: 4,
  DATA_TRUNCATION_TYPE_ITEM_SCOPED_ECOMMERCE_METRICS: 5,
  DATA_TRUNCATION_TYPE_EVENT_SCOPED_ECOMMERCE_METRICS: 6,
  DATA_TRUNCATION_TYPE_DATE_RANGE: 7,
  DATA_TRUNCATION_TYPE_PROPERTY: 8,
  DATA_TRUNCATION_TYPE_CONVERSIONS: 9,
  DATA_TRUNCATION_TYPE_GOOGLE_ADS: 10,
};
const ENUM_FIELDS = [
  'type',
  'restrictedMetricTypes',
  'blockedReasons',
  'compatibility',
  'dataTruncationType',
];

/** Numbers for `$alt=json;enum-encoding=int`, as the official client always asks; else names. */
function enumsAsAsked(body: unknown, url: URL): unknown {
  const wantsNumbers = url.searchParams.get('$alt')?.includes('enum-encoding=int') === true;
  return wantsNumbers ? enumsAsNumbers(body) : body;
}

function enumsAsNumbers(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => enumsAsNumbers(inner, field));
  if (typeof value === 'string' && ENUM_FIELDS.includes(field)) return ENUM_NUMBERS[value] ?? value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, enumsAsNumbers(inner, name)]),
  );
}
