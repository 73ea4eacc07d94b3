import { type Engine, lexes, matchAt, placeOf, type Token, tokensOf } from './lexis.ts';

/** A query as its owner wrote it, made into a statement whose parameters the driver binds. */

export const PARAMETERS = ['start', 'end', 'start_day', 'end_day', 'tz'] as const;
export type Parameter = (typeof PARAMETERS)[number];

export type Statement = {
  sql: string;
  /** The values that the driver is handed, in its order. */
  bound: Parameter[];
  /** Every name in the query, in small letters: which files it may be about. */
  names: ReadonlySet<string>;
};

/** Type and place of a parameter, as each engine writes them; the cast says what an operator is to make of it. */
const PLACES: Readonly<Record<Engine, (name: Parameter, number: number) => string>> = {
  postgres: (name, number) => `CAST($${number} AS ${type(name, 'timestamptz', 'date', 'text')})`,
  mysql: (name) => (name === 'tz' ? '?' : `CAST(? AS ${type(name, 'DATETIME(3)', 'DATE', '')})`),
  duckdb: (name) => `CAST($${name} AS ${type(name, 'TIMESTAMPTZ', 'DATE', 'VARCHAR')})`,
  bigquery: (name) => `@${name}`,
  clickhouse: (name) => `{${name}:${type(name, "DateTime64(3, 'UTC')", 'Date', 'String')}}`,
};

export const typeOf = (name: Parameter): 'instant' | 'day' | 'text' =>
  name === 'tz' ? 'text' : name.endsWith('_day') ? 'day' : 'instant';

function type(name: Parameter, instant: string, day: string, text: string): string {
  return { instant, day, text }[typeOf(name)];
}

/** Words that would make a reading statement do something else, and that the rights of a user may not hold back. */
const REFUSED: Readonly<Partial<Record<Engine, readonly RegExp[]>>> = {
  mysql: [/^INTO$/i, /^FOR (?:UPDATE|SHARE)$/i, /^LOCK IN$/i],
  postgres: [/^INTO$/i, /^FOR (?:UPDATE|SHARE|NO|KEY)$/i],
  clickhouse: [/^INTO OUTFILE$/i],
};

/** @returns the statement, or one sentence that says what is wrong with the query and where */
export function statementOf(
  engine: Engine,
  query: string,
): { ok: true; statement: Statement } | { ok: false; problem: string } {
  const no = (problem: string) => ({ ok: false, problem: `The query cannot be used: ${problem}.` }) as const;
  const lexis = lexes[engine];
  if (query.includes('\0')) return no('it holds a character of value zero');
  const read = tokensOf(query, lexis);
  if (!read.ok) return no(read.problem);
  const tokens = withoutLast(read.tokens);
  const code = tokens.filter(({ is, text }) => is !== 'comment' && text.trim() !== '');
  const [first] = code;
  if (first === undefined) return no('it is empty');
  if (first.is !== 'word' || !/^(?:SELECT|WITH)$/i.test(first.text))
    return no(`it begins with "${first.text.slice(0, 20)}"; a query here begins with SELECT or WITH`);
  const refused = refusedIn(engine, code);
  if (refused !== null)
    return no(`${refused.text} is not taken (${placeOf(query, refused.at)}); a query here only reads`);
  return placed(engine, query, tokens, no);
}

type Outcome = ReturnType<typeof statementOf>;

function placed(
  engine: Engine,
  query: string,
  tokens: readonly Token[],
  no: (problem: string) => Outcome,
): Outcome {
  const bound: Parameter[] = [];
  const names = new Set<string>();
  let sql = '';
  for (const [index, token] of tokens.entries()) {
    const { at, is, text } = token;
    const before = tokens[index - 1];
    if (is === 'comment') {
      sql += text.startsWith('/*') ? ' ' : ''; // the line break behind it stays
      continue;
    }
    if (is === 'other' && text === ';')
      return no(`there is a second statement at ${placeOf(query, at)}; only one is run`);
    const own = is === 'other' || is === 'word' ? lexes[engine].own : null;
    if (own !== null && is === 'other' && matchAt(own, query, at) !== null)
      return no(
        `"${matchAt(own, query, at) ?? ''}" at ${placeOf(query, at)} is a parameter of the engine; use ${known}`,
      );
    const isPlace = is === 'word' && before?.is === 'other' && before.text === ':';
    if (isPlace) {
      const name = PARAMETERS.find((each) => each === text.toLowerCase());
      if (name === undefined)
        return no(
          `":${text}" at ${placeOf(query, at - 1)} is no parameter; there are ${known}. If it is none, put a blank behind the colon`,
        );
      const number = bound.indexOf(name) + 1 || bound.length + 1;
      if (engine === 'mysql' || number > bound.length) bound.push(name);
      sql = sql.slice(0, -1) + PLACES[engine](name, number);
      continue;
    }
    if (is === 'word') names.add(text.toLowerCase());
    if (is === 'name') names.add(text.slice(1, -1).toLowerCase());
    sql += text;
  }
  return { ok: true, statement: { sql, bound, names } };
}

const known = PARAMETERS.map((name) => `:${name}`).join(', ');

/** One semicolon at the end belongs to the habit of writing it. */
function withoutLast(tokens: readonly Token[]): Token[] {
  const last = tokens.findLastIndex(({ is, text }) => is !== 'comment' && text.trim() !== '');
  return tokens[last]?.text === ';' ? tokens.filter((_, index) => index !== last) : [...tokens];
}

/** A word with the next one, and alone. */
function refusedIn(engine: Engine, code: readonly Token[]): Token | null {
  if (engine === 'clickhouse') {
    // Limits and the form of the answer are ours to say.
    const [last, name] = code.slice(-2);
    if (last?.is === 'word' && /^FORMAT$/i.test(last.text) && name?.is === 'word') return last;
    const isSettings = ({ is, text }: Token, index: number) =>
      is === 'word' &&
      /^SETTINGS$/i.test(text) &&
      code[index + 1]?.is === 'word' &&
      code[index + 2]?.text === '=';
    const settings = code.find(isSettings);
    if (settings !== undefined) return settings;
  }
  const patterns = REFUSED[engine] ?? [];
  for (const [index, token] of code.entries()) {
    if (token.is !== 'word') continue;
    const next = code[index + 1];
    const pair = next?.is === 'word' ? `${token.text} ${next.text}` : token.text;
    if (patterns.some((pattern) => pattern.test(token.text) || pattern.test(pair))) return token;
  }
  return null;
}
