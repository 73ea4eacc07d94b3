import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { projectRoot } from '../../../src/project.ts';
import type { RawAnswer } from './raw-http.ts';

export type Schema = { [keyword: string]: unknown };
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema };
type Response = {
  headers?: Record<string, unknown>;
  content?: Record<string, { schema: Schema }>;
  'x-problem-codes'?: string[];
};
export type Operation = {
  id: string;
  method: string;
  path: string;
  access: string;
  parameters: Parameter[];
  /** By media type. */
  body: Record<string, { schema: Schema }>;
  responses: Record<string, Response>;
};
type Described = {
  operationId: string;
  'x-access': string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Response | { $ref: string }>;
};

/** The committed file: what is promised to others, and not what our schemas would make of themselves just now. */
const document = JSON.parse(readFileSync(join(projectRoot(), 'src/api/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Described>>;
};

/** What a `#/…` of the document points at. */
export function resolve<T>(value: T | { $ref: string }): T {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
  const parts = value.$ref.slice(2).split('/');
  return resolve(parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document) as T);
}

export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    id: described.operationId,
    method: method.toUpperCase(),
    path,
    access: described['x-access'],
    parameters: (described.parameters ?? []).map((each) => resolve<Parameter>(each)),
    body: described.requestBody?.content ?? {},
    responses: Object.fromEntries(
      Object.entries(described.responses).map(([status, each]) => [status, resolve<Response>(each)]),
    ),
  })),
);
const byId = new Map(operations.map((operation) => [operation.id, operation]));
export function operationOf(id: string): Operation {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`the document has no operation ${id}`);
  return found;
}

/** Each status with a code where it has codes: `200`, `304`, `409 cycle_closed`. */
export function documentedOf({ responses }: Operation): string[] {
  return Object.entries(responses).flatMap(([status, { 'x-problem-codes': codes }]) =>
    codes === undefined ? [status] : codes.map((code) => `${status} ${code}`),
  );
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
formats.default(ajv);
ajv.addSchema({ ...document, $id: 'api' }, undefined, undefined, false);
const checks = new Map<Schema, ValidateFunction>();

function checkOf(schema: Schema): ValidateFunction {
  const known = checks.get(schema);
  if (known !== undefined) return known;
  // Its references are to the document; text in it may look like one only as a value of `$ref`.
  const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/')) as Schema;
  const check = ajv.compile(rooted);
  checks.set(schema, check);
  return check;
}

/** Where an answer is not what the document says of it; empty: it is. */
export function faultsOf(operation: Operation, answer: RawAnswer, query = ''): string[] {
  const described = operation.responses[String(answer.status)];
  if (described === undefined) return [`status ${answer.status} is not documented`];
  const faults = [...headerFaults(described, answer)];
  const content = described.content ?? {};
  if (Object.keys(content).length === 0) {
    if (answer.text !== '')
      faults.push(`a body of ${answer.text.length} characters where none is documented`);
    return faults;
  }
  const media = content[answer.type];
  if (media === undefined) return [...faults, `content type "${answer.type}" is not documented`];
  if (answer.json !== undefined) {
    const check = checkOf(media.schema);
    if (!check(answer.json))
      faults.push(
        ...(check.errors ?? [])
          .slice(0, 5)
          .map((each) => `body${each.instancePath} ${each.message ?? ''} ${JSON.stringify(each.params)}`),
      );
  }
  const codes = described['x-problem-codes'];
  const code = codeOf(answer);
  if (codes !== undefined && !codes.includes(code ?? ''))
    faults.push(`code ${String(code)} is not documented${query}`);
  return faults;
}

export function codeOf({ json }: RawAnswer): string | undefined {
  return typeof json === 'object' && json !== null && 'code' in json ? String(json.code) : undefined;
}

/** Those that come with some answers only; every other documented one is always there. */
const AT_TIMES = ['link', 'idempotency-replayed', 'retry-after'];
/** Those that nobody sends by chance. */
const TELLING = ['etag', 'location', 'link', 'idempotency-replayed'];

function headerFaults(described: Response, { headers, status }: RawAnswer): string[] {
  const documented = Object.keys(described.headers ?? {}).map((name) => name.toLowerCase());
  const waits = status === 429 || status === 503 ? ['retry-after'] : [];
  const needed = documented.filter((name) => !AT_TIMES.includes(name) || waits.includes(name));
  return [
    ...needed.filter((name) => headers[name] === undefined).map((name) => `the header ${name} is missing`),
    ...TELLING.filter((name) => headers[name] !== undefined && !documented.includes(name)).map(
      (name) => `the header ${name} is not documented`,
    ),
  ];
}
