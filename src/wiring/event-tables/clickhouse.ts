import { driftError } from '../../../connectors/sdk/index.ts';
import type { EventRow } from '../../event-sql/index.ts';
import { clickhouseError, codeIn } from './clickhouse-errors.ts';
import { ownersError, passingError, tooManyRowsError } from './failure.ts';
import { exchange } from './http-exchange.ts';
import { MOST_ROWS, type SessionContext, type TableSession } from './session.ts';

/** ClickHouse over its HTTP interface. Experimental: written after its documentation. */

const WHO = 'ClickHouse';
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

export function openClickhouse(context: SessionContext): TableSession {
  const { address, config, signal } = context;
  if (address === null) {
    const hint = 'Give the connection an endpoint such as https://db.example.com:8443.';
    throw ownersError('config', 'no_address', 'This table of events has no address.', hint);
  }
  const url = new URL(address);
  const settings = {
    ...(config.database === undefined ? {} : { database: config.database }),
    default_format: 'JSONEachRow',
    // Reading, with settings of its own; statements that write or define are refused.
    readonly: '2',
    max_execution_time: String(config.statementTimeoutSeconds),
    max_result_rows: String(MOST_ROWS),
    // Nothing is sent before the statement has ended, so that its failure comes as one.
    wait_end_of_query: '1',
    // Without it a client that has gone leaves a statement that nobody waits for.
    cancel_http_readonly_queries_on_client_close: '1',
    output_format_json_quote_64bit_integers: '1',
    ...Object.fromEntries(THROWING.map((name) => [name, 'throw'])),
  };
  for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
  const password = config.password ?? '';
  return {
    close: async () => {},
    ask: (sql, record) =>
      context.spend(async () => {
        signal.throwIfAborted();
        const answer = await exchange(context, {
          who: WHO,
          url,
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
        if (code !== null || answer.status !== 200) throw clickhouseError(code, answer, config);
        return rowsIn(answer.body, answer.headers);
      }),
  };
}

/** One JSON object a line. A line that is none, or no end of the last one: the answer was cut off. */
function rowsIn(body: string, headers: Headers): EventRow[] {
  if (body === '') return [];
  const lines = body.split('\n');
  if (lines.pop() !== '') throw cutOff();
  if (lines.length > MOST_ROWS) throw tooManyRowsError(WHO);
  const rows = lines.map((line): EventRow => {
    const row = parsed(line);
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw driftError(WHO, 'an answer: a line is no object', '/line');
    }
    return row as EventRow; // an object; its columns are looked at where they are used
  });
  const summary = parsed(headers.get('x-clickhouse-summary') ?? 'null');
  const told =
    typeof summary === 'object' && summary !== null && 'result_rows' in summary ? summary.result_rows : null;
  // Older servers always say 0 there.
  if (told !== null && Number(told) > rows.length) throw cutOff();
  return rows;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw cutOff();
  }
}

function cutOff() {
  return passingError('body_cut_off', 'ClickHouse stopped in the middle of its answer.');
}
