import { abortedError, badPayload, driftError } from '../../sdk/index.ts';
import { withoutZone } from './bound.ts';
import { clickhouseError, codeIn } from './clickhouse-errors.ts';
import { type Form, type Line, linesIn } from './clickhouse-lines.ts';
import { ownersError, tooManyRowsError } from './failure.ts';
import { exchange } from './http-exchange.ts';
import type { EngineContext, EngineSession, Query, Recorder, Row } from './session.ts';

/** ClickHouse over its HTTP interface. Experimental: written after its documentation. */

const WHO = 'ClickHouse';
/** How rows are asked for: `lists` are texts as far as they can be, after one of the names of the columns. */
const SETTINGS_OF: Readonly<Record<Form, Readonly<Record<string, string>>>> = {
  objects: { default_format: 'JSONEachRow' },
  lists: {
    default_format: 'JSONCompactEachRowWithNames',
    output_format_json_quote_decimals: '1',
    // What is no number says so; by default it would come as NULL, which is "no value".
    output_format_json_quote_denormals: '1',
  },
};
/** The server ends a statement at its own limit; ours is for one that does not. */
const GRACE_MS = 5_000;

/** A limit that is reached ends the statement: a profile may say "break", which answers with a part as if it were all. */
const THROWING = [
  'timeout_overflow_mode',
  'read_overflow_mode',
  'read_overflow_mode_leaf',
  'result_overflow_mode',
  'group_by_overflow_mode',
  'sort_overflow_mode',
  'distinct_overflow_mode',
  'join_overflow_mode',
  'set_overflow_mode',
  'transfer_overflow_mode',
];

export function openClickhouse(context: EngineContext): EngineSession {
  const { address, most, settings: config, signal, words } = context;
  if (address === null) {
    const hint = 'Give the connection an endpoint such as https://db.example.com:8443.';
    throw ownersError('config', 'no_address', 'This connection has no address.', hint);
  }
  const url = new URL(address);
  const settings = {
    ...(config.database === undefined ? {} : { database: config.database }),
    // Reading, with settings of its own; statements that write or define are refused.
    readonly: '2',
    max_execution_time: String(config.statementTimeoutSeconds),
    max_result_rows: String(most.rows),
    // Nothing is sent before the statement has ended, so that its failure comes as one.
    wait_end_of_query: '1',
    // Without it a client that has gone leaves a statement that nobody waits for.
    cancel_http_readonly_queries_on_client_close: '1',
    output_format_json_quote_64bit_integers: '1',
    ...Object.fromEntries(THROWING.map((name) => [name, 'throw'])),
  };
  for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
  const password = config.password ?? '';
  const run = (form: Form, { bound, sql }: Query, record: Recorder): Promise<Line[]> =>
    context.spend(async () => {
      if (signal.aborted) throw abortedError(WHO);
      const to = new URL(url);
      for (const [name, value] of Object.entries(SETTINGS_OF[form])) to.searchParams.set(name, value);
      for (const each of bound) to.searchParams.set(`param_${each.name}`, withoutZone(each));
      const answer = await exchange(context, {
        who: WHO,
        url: to,
        method: 'POST',
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'x-clickhouse-user': config.user ?? '',
          'x-clickhouse-key': password,
        },
        body: sql,
        timeoutMs: config.statementTimeoutSeconds * 1_000 + GRACE_MS,
        secrets: [password],
        requestIdHeader: 'x-clickhouse-query-id',
        record,
      });
      const code = codeIn(answer);
      if (code !== null || answer.status !== 200) throw clickhouseError(code, answer, context);
      return linesIn(answer, form, most.rows, () => tooManyRowsError(WHO, words.large));
    });
  return {
    close: async () => {},
    ask: async (sql, record) =>
      (await run('objects', { sql, bound: [] }, record)).map((row): Row => {
        if (Array.isArray(row)) throw driftError(WHO, 'an answer: a line is no object', '/line');
        return row;
      }),
    query: async (query, record) => {
      const lines = await run('lists', query, record);
      // No rows are a line of names, and nothing at all is no answer.
      if (lines.length === 0) throw badPayload(WHO, 'empty_body', 'sent an empty answer');
      const [columns = [], ...rows] = lines.map((line) => {
        if (!Array.isArray(line)) throw driftError(WHO, 'an answer: a line is no list', '/line');
        return line.map((cell: unknown) => (cell === null ? null : textOf(cell)));
      });
      return { columns: columns.map((name) => name ?? ''), rows };
    },
  };
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
