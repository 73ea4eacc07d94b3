import type { TestServer } from '../support/server.ts';
import { codeOf, faultsOf, type Operation, operationOf } from './document.ts';
import { type RawAnswer, rawHttp } from './raw-http.ts';

export type Json = Record<string, unknown>;
export type Ask = {
  id?: string | undefined;
  override?: string;
  query?: Record<string, string>;
  /** An object goes as JSON, text as it is. */
  body?: unknown;
  /** Besides who asks, and `If-Match: *` where a version is needed. An empty value leaves one out. */
  headers?: Record<string, string>;
  server?: TestServer;
};

/** Everything that was asked and answered, in all scenarios. */
export type Seen = { seen: Map<string, Set<string>>; faults: string[] };
export const emptyRecord = (): Seen => ({ seen: new Map(), faults: [] });

export type Driver = {
  record: Seen;
  server: TestServer;
  /** Whatever comes; it is held against the document. */
  ask(operation: string, ask?: Ask): Promise<RawAnswer>;
  /** A fault unless it succeeds; the body */
  done(operation: string, ask?: Ask): Promise<Json>;
  /** A fault unless it is refused by just this */
  refused(operation: string, status: number, code: string, ask?: Ask): Promise<Json>;
  /** A fault unless it succeeds and holds all of this; of a list, in any of its rows. */
  reads(operation: string, ask: Ask, holds: object): Promise<Json>;
};

export function createDriver(server: TestServer, record: Seen): Driver {
  /** What was read with its version is not sent again to whoever has it. */
  const unchanged = async (
    name: string,
    operation: Operation,
    given: Ask,
    answer: RawAnswer,
    seen: Set<string>,
  ) => {
    const { etag } = answer.headers;
    if (answer.status !== 200 || etag === undefined || !('304' in operation.responses) || seen.has('304'))
      return;
    await ask(name, { ...given, headers: { ...given.headers, 'if-none-match': etag } });
  };
  const ask = async (name: string, given: Ask = {}): Promise<RawAnswer> => {
    const operation = operationOf(name);
    const asked = given.server ?? server;
    const answer = await rawHttp(asked.api.url, {
      method: operation.method,
      path: pathOf(operation, given),
      headers: headersOf(operation, given, asked.api.localToken),
      ...(given.body === undefined ? {} : { body: bodyOf(given.body) }),
      headOnly: name === 'listenToEvents',
    });
    const code = codeOf(answer);
    const isProblem = answer.status >= 400;
    const seen = record.seen.get(name) ?? new Set<string>();
    record.seen.set(name, seen.add(isProblem ? `${answer.status} ${code ?? ''}` : String(answer.status)));
    for (const each of faultsOf(operation, answer))
      record.faults.push(`${name} (${answer.status} ${code ?? ''}): ${each}`);
    await unchanged(name, operation, given, answer, seen);
    return answer;
  };
  const fault = (name: string, answer: RawAnswer, due: string): void => {
    record.faults.push(`${name}: ${answer.status} ${answer.text.slice(0, 500)} where ${due}`);
  };
  return {
    record,
    server,
    ask,
    async reads(name, given, holds) {
      const answer = await ask(name, given);
      const rows = answer.json as { data?: unknown[] } | undefined;
      const found = Array.isArray(rows?.data) ? rows.data : [rows];
      if (answer.status >= 300 || !found.some((row) => matches(row, holds)))
        fault(name, answer, `${JSON.stringify(holds)} was due`);
      return (answer.json ?? {}) as Json;
    },
    async done(name, given) {
      const answer = await ask(name, given);
      if (answer.status >= 300) fault(name, answer, 'a success was due');
      return (answer.json ?? {}) as Json;
    },
    async refused(name, status, code, given) {
      const answer = await ask(name, given);
      if (answer.status !== status || codeOf(answer) !== code)
        fault(name, answer, `${status} ${code} was due`);
      return answer.json as Json;
    },
  };
}

function pathOf({ path }: Operation, { id = 'missing-id', override = 'current', query }: Ask): string {
  const asked = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  return `${path.replace('{id}', encodeURIComponent(id)).replace('{override}', encodeURIComponent(override))}${asked}`;
}

function headersOf(operation: Operation, { body, headers = {} }: Ask, token: string): Record<string, string> {
  const file = 'application/octet-stream' in operation.body;
  const all: Record<string, string> = {
    authorization: `Bearer ${token}`,
    ...(operation.parameters.some(({ name }) => name === 'If-Match') ? { 'if-match': '*' } : {}),
    ...(body === undefined ? {} : { 'content-type': file ? 'application/octet-stream' : 'application/json' }),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

const bodyOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** Every field of `wanted` is in `value`, however deep; a list holds each of them somewhere. */
export function matches(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(value) && wanted.every((each) => value.some((found) => matches(found, each)));
  if (typeof wanted !== 'object' || wanted === null) return Object.is(value, wanted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(wanted).every(([name, each]) => matches((value as Json)[name], each));
}
