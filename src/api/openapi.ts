import { changedBy, filtersOf, hasOwnIdempotency, locationOf, tellsSecret } from './conventions.ts';
import { LIVE_PATH } from './live-path.ts';
import { placeOf } from './location.ts';
import { packageFacts } from './openapi-facts.ts';
import { type DocumentSchemas, documentSchemas, type JsonSchema, listRoutes } from './openapi-schemas.ts';
import { operationWords, tags } from './openapi-words.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from './paging.ts';
import { type Route, type RouteName, routes } from './routes.ts';

const text = { type: 'string' };
const header = (description: string, schema: JsonSchema = text) => ({ description, schema });
const ref = (kind: 'headers' | 'parameters' | 'schemas', name: string) => ({
  $ref: `#/components/${kind}/${name}`,
});

/** The OpenAPI 3.1 document of `/api/v1`, made of the schemas that validate. */
export function openApiDocument() {
  const schemas = documentSchemas();
  const responses: Responses = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operation(name as RouteName, route, schemas, responses),
    };
  }
  paths[LIVE_PATH] = { get: liveOperation(responses) };
  return {
    openapi: '3.1.0',
    info: packageFacts,
    servers: [{ url: '/', description: 'The server that this document comes from' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ token: [] }, { session: [], csrf: [] }],
    paths,
    components: { schemas: schemas.components, responses, parameters, headers, securitySchemes },
  };
}

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token, `tdm_…`: scoped, expiring, revocable.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'tdm_sid',
    description: 'The session of a browser; `__Host-tdm_sid` where people come by https.',
  },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: 'x-tdm-csrf',
    description: 'With a session, every change needs the value `1`, and an Origin of our own.',
  },
};

const headers = {
  ETag: header('The version of the answer, strong; sent back as If-None-Match or If-Match.'),
  Location: header('Where what was made, or set going, can be read.'),
  Link: header('The next page, as `rel="next"`; absent on the last one.'),
  'Idempotency-Replayed': header('`true` when the request was answered before, and nothing was done.'),
  'Retry-After': header('Seconds to wait.', { type: 'integer' }),
  'RateLimit-Policy': header('How many requests are taken in how many seconds.'),
  RateLimit: header('How many requests are left, and in how many seconds they are counted anew.'),
  'X-Request-Id': header('Names the request in the log.'),
};
const every = { 'X-Request-Id': ref('headers', 'X-Request-Id') };
const counted = {
  ...every,
  'RateLimit-Policy': ref('headers', 'RateLimit-Policy'),
  RateLimit: ref('headers', 'RateLimit'),
};

const parameters = {
  limit: {
    name: 'limit',
    in: 'query',
    description: 'Rows of a page.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
  },
  cursor: {
    name: 'cursor',
    in: 'query',
    description: '`page.nextCursor` of the page before, as it is.',
    schema: { type: 'string', maxLength: 2000 },
  },
  'If-Match': {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag that the change is meant for; `*` for whatever is there.',
    schema: text,
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'ETags that the caller has: answered with 304 when one of them is still the present one.',
    schema: text,
  },
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A name for this request: the same one again is answered again, and not done again, for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  'Last-Event-ID': {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'What happened since that event, up to an hour ago, is told first.',
    schema: text,
  },
};

function operation(name: RouteName, route: Route, schemas: DocumentSchemas, responses: Responses) {
  const words = operationWords[name];
  const facts = [words?.description, ...notesOf(name, route)].filter((each) => each !== undefined);
  return {
    operationId: name,
    tags: [words?.tag ?? 'Plan'],
    summary: words?.summary ?? name,
    ...(facts.length === 0 ? {} : { description: facts.join(' ') }),
    ...(route.access === 'open' ? { security: [] } : {}),
    'x-access': route.access,
    parameters: parametersOf(name, route, schemas),
    ...bodyOf(name, route, schemas),
    responses: { ...successOf(name, route, schemas), ...errorsOf(name, route, responses) },
  };
}

function notesOf(name: RouteName, route: Route): string[] {
  const notes: string[] = [];
  if (route.method !== 'GET' && tellsSecret(name))
    notes.push(
      'Its answer tells a secret, this once: with an Idempotency-Key only that it was answered is kept.',
    );
  if (hasOwnIdempotency(name))
    notes.push('A delivery is known by its Idempotency-Key for ever, to everybody of the workspace.');
  return notes;
}

function parametersOf(name: RouteName, route: Route, schemas: DocumentSchemas): unknown[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, part]) => ({
    name: part,
    in: 'path',
    required: true,
    description: part === 'id' ? 'Id or key.' : `Id of the ${part}.`,
    schema: { type: 'string', maxLength: 120 },
  }));
  const query = schemas.query[name] ?? {};
  const required = (query['required'] ?? []) as string[];
  const inQuery = Object.entries((query['properties'] ?? {}) as Record<string, JsonSchema>).map(
    ([field, schema]) => ({ name: field, in: 'query', required: required.includes(field), schema }),
  );
  const filters = filtersOf(name).map((field) => ({
    name: field,
    in: 'query',
    description: `Only rows with this ${field}; several with commas.`,
    schema: { type: 'string', maxLength: 1000 },
  }));
  const list = listRoutes.has(name) ? [ref('parameters', 'limit'), ref('parameters', 'cursor')] : [];
  const version = changedBy(name) === null ? [] : [ref('parameters', 'If-Match')];
  const cache = hasVersion(name, route) ? [ref('parameters', 'If-None-Match')] : [];
  const idempotent =
    route.method === 'GET' || route.access === 'open' ? [] : [ref('parameters', 'Idempotency-Key')];
  return [...inPath, ...inQuery, ...filters, ...list, ...version, ...cache, ...idempotent];
}

const hasVersion = (name: RouteName, route: Route): boolean =>
  route.method === 'GET' && !listRoutes.has(name) && route.download === undefined;

function bodyOf(name: RouteName, route: Route, schemas: DocumentSchemas) {
  if (route.file === true)
    return { requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } } };
  const schema = schemas.body[name];
  if (schema === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function successOf(name: RouteName, route: Route, schemas: DocumentSchemas): Record<string, unknown> {
  const answered: Record<string, unknown> = { ...counted };
  if (hasVersion(name, route)) answered['ETag'] = ref('headers', 'ETag');
  if (listRoutes.has(name)) answered['Link'] = ref('headers', 'Link');
  if (hasPlace(name, route)) answered['Location'] = ref('headers', 'Location');
  if (route.method !== 'GET' && route.access !== 'open')
    answered['Idempotency-Replayed'] = ref('headers', 'Idempotency-Replayed');
  const schema = schemas.answer[name] ?? {};
  const types = route.download ?? ['application/json'];
  const content =
    route.status === 204 ? {} : { content: Object.fromEntries(types.map((type) => [type, { schema }])) };
  const unchanged = hasVersion(name, route)
    ? {
        304: {
          description: 'Unchanged since one of the ETags named.',
          headers: { ETag: ref('headers', 'ETag') },
        },
      }
    : {};
  return {
    [route.status]: { description: SUCCESS[route.status], headers: answered, ...content },
    ...unchanged,
  };
}

const hasPlace = (name: RouteName, route: Route): boolean =>
  locationOf(name) !== null || placeOf(route, null, {}, { id: 'x' }) !== null;

const SUCCESS: Record<Route['status'], string> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Set going; Location says where to follow it.',
  204: 'Done; there is nothing to tell.',
};
const ERRORS: Record<number, string> = {
  400: 'Unreadable.',
  401: 'Who is asking is not known.',
  403: 'Who is asking may not.',
  404: 'There is no such thing in this workspace.',
  409: 'It does not fit the present state.',
  412: 'It was changed in the meantime.',
  413: 'Too large.',
  415: 'Not JSON.',
  422: 'Readable, and of no use as it is; every field is named.',
  428: 'The version is missing.',
  429: 'Too much at once.',
  500: 'Tidemark failed.',
  502: 'The source did not answer as it should.',
  503: 'Not ready.',
};

/** They name other things in their query or body, and nothing in their path. */
const NAMES_OTHERS: ReadonlySet<string> = new Set<RouteName>([
  'getBoard',
  'listKeyResults',
  'listRuns',
  'listAlerts',
  'createKeyResult',
  'createObjective',
  'previewMetric',
  'createMetric',
  'startSync',
  'createAlertRule',
  'simulateAlertRule',
  'createSnooze',
  'readTextDrafts',
  'importText',
  'switchWorkspace',
]);

/** Codes by status: those of every operation of its kind, and its own. */
export function codesOf(name: RouteName, route: Route): Record<number, string[]> {
  const codes: Record<number, string[]> = {
    403: ['unknown_host'],
    429: ['rate_limited'],
    500: ['internal'],
    503: ['database_down'],
  };
  const add = (status: number, ...more: string[]): void => {
    codes[status] = [...new Set([...(codes[status] ?? []), ...more])];
  };
  const writes = route.method !== 'GET';
  if (route.access !== 'open') add(401, 'unauthorized');
  if (!['open', 'self'].includes(route.access)) add(403, 'scope_missing');
  // To look needs no more than being there.
  if (!['open', 'self', 'view'].includes(route.access)) add(403, 'role_missing');
  if (route.access === 'self' && writes) add(403, 'in_person_only');
  if (writes) add(403, 'csrf');
  if (route.path.includes(':') || NAMES_OTHERS.has(name)) add(404, 'not_found');
  if (route.file !== true && writes) {
    add(400, 'bad_json');
    add(413, 'body_too_large');
    add(415, 'unsupported_media_type');
  }
  add(422, 'validation');
  if (writes && route.access !== 'open') {
    add(422, 'idempotency_key_invalid', 'idempotency_conflict');
    if (!hasOwnIdempotency(name)) add(409, 'idempotency_running');
    if (tellsSecret(name)) add(409, 'answer_not_kept');
  }
  if (changedBy(name) !== null) {
    add(412, 'version_stale');
    add(428, 'version_required');
  }
  for (const [status, own] of Object.entries(operationWords[name]?.errors ?? {}))
    add(Number(status), ...(own ?? []));
  return codes;
}

function errorsOf(name: RouteName, route: Route, responses: Responses): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(codesOf(name, route)).map(([status, codes]) => [
      status,
      problem(Number(status), codes, responses),
    ]),
  );
}

type Responses = Record<string, { 'x-problem-codes': readonly string[] }>;

/** A refusal, kept once for each set of codes that it can have. */
function problem(status: number, codes: readonly string[], responses: Responses) {
  const same = JSON.stringify(codes);
  const alike = Object.keys(responses).filter((name) => name.startsWith(`Problem${status}`));
  const known = alike.find((name) => JSON.stringify(responses[name]?.['x-problem-codes']) === same);
  const name = known ?? `Problem${status}${alike.length === 0 ? '' : `_${alike.length + 1}`}`;
  responses[name] ??= problemResponse(status, codes);
  return { $ref: `#/components/responses/${name}` };
}

function problemResponse(status: number, codes: readonly string[]) {
  const waits = status === 429 || status === 503 || codes.includes('idempotency_running');
  return {
    description: `${ERRORS[status] ?? 'A problem.'} Codes: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    headers: {
      ...every,
      ...(waits ? { 'Retry-After': ref('headers', 'Retry-After') } : {}),
      ...(status === 412 ? { ETag: ref('headers', 'ETag') } : {}),
    },
    content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
    'x-problem-codes': codes,
  };
}

const liveOperation = (responses: Responses) => ({
  operationId: 'listenToEvents',
  tags: ['Live'],
  summary: 'What happens in the workspace, as it happens',
  description:
    'Server-sent events: `key_result.changed`, `run.changed`, `alert.changed`, and more may come. Each has an id; one may come ' +
    'twice. `reset` says that what happened since `Last-Event-ID` is not known any more. A comment comes every 15 seconds.',
  'x-access': 'view',
  parameters: [ref('parameters', 'Last-Event-ID')],
  responses: {
    200: {
      description: 'A stream that goes on.',
      headers: counted,
      content: { 'text/event-stream': { schema: text } },
    },
    401: problem(401, ['unauthorized'], responses),
    403: problem(403, ['unknown_host', 'scope_missing'], responses),
    429: problem(429, ['rate_limited', 'too_many_streams'], responses),
    503: problem(503, ['database_down'], responses),
  },
});
