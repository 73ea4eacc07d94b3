import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../connectors/sql/lexis.ts';
import { statementOf } from '../../../connectors/sql/statement.ts';

const ENGINES: Engine[] = ['postgres', 'mysql', 'bigquery', 'clickhouse', 'duckdb'];

function made(engine: Engine, query: string) {
  const outcome = statementOf(engine, query);
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.statement;
}

describe('placeholders', () => {
  const query =
    'SELECT :start_day AS day, count(*) AS value FROM t WHERE a >= :start AND a < :end AND z = :tz OR b > :start';
  it.each<{ engine: Engine; sql: string; bound: string[] }>([
    {
      engine: 'postgres',
      sql: 'SELECT CAST($1 AS date) AS day, count(*) AS value FROM t WHERE a >= CAST($2 AS timestamptz) AND a < CAST($3 AS timestamptz) AND z = CAST($4 AS text) OR b > CAST($2 AS timestamptz)',
      bound: ['start_day', 'start', 'end', 'tz'],
    },
    {
      engine: 'mysql',
      sql: 'SELECT CAST(? AS DATE) AS day, count(*) AS value FROM t WHERE a >= CAST(? AS DATETIME(3)) AND a < CAST(? AS DATETIME(3)) AND z = ? OR b > CAST(? AS DATETIME(3))',
      bound: ['start_day', 'start', 'end', 'tz', 'start'],
    },
    {
      engine: 'duckdb',
      sql: 'SELECT CAST($start_day AS DATE) AS day, count(*) AS value FROM t WHERE a >= CAST($start AS TIMESTAMPTZ) AND a < CAST($end AS TIMESTAMPTZ) AND z = CAST($tz AS VARCHAR) OR b > CAST($start AS TIMESTAMPTZ)',
      bound: ['start_day', 'start', 'end', 'tz'],
    },
    {
      engine: 'bigquery',
      sql: 'SELECT @start_day AS day, count(*) AS value FROM t WHERE a >= @start AND a < @end AND z = @tz OR b > @start',
      bound: ['start_day', 'start', 'end', 'tz'],
    },
    {
      engine: 'clickhouse',
      sql: "SELECT {start_day:Date} AS day, count(*) AS value FROM t WHERE a >= {start:DateTime64(3, 'UTC')} AND a < {end:DateTime64(3, 'UTC')} AND z = {tz:String} OR b > {start:DateTime64(3, 'UTC')}",
      bound: ['start_day', 'start', 'end', 'tz'],
    },
  ])('$engine', ({ bound, engine, sql }) => {
    expect(made(engine, query)).toMatchObject({ sql, bound });
  });

  it.each<{ engine: Engine; query: string; why: string }>([
    {
      engine: 'postgres',
      query: `SELECT ':start', E'\\':start', "a:start", a::date, f(x := 1)`,
      why: 'texts, names, casts and named arguments',
    },
    {
      engine: 'postgres',
      query: 'SELECT $$:start$$, $t$ :end $$ $t$, a$b, b[1:2]',
      why: 'dollar quotes, and names with dollars',
    },
    { engine: 'postgres', query: `SELECT '\\', ':start'`, why: 'a backslash is a character there' },
    {
      engine: 'mysql',
      query: `SELECT '\\':start', ":end", \`:tz\`, 'it''s :start', 5--3`,
      why: 'a backslash takes a quote with it, and -- needs a blank',
    },
    { engine: 'bigquery', query: `SELECT '''a ':start' b''', r"\\":end", @@x.y`, why: 'three quotes' },
    { engine: 'clickhouse', query: `SELECT '\\':start', $h$:end$h$, map('a', 1)`, why: 'texts' },
    { engine: 'duckdb', query: `SELECT ':start', $$:end$$, x::DATE, {'a': b}`, why: 'texts and structures' },
  ])('$engine: leaves $why', ({ engine, query }) => {
    expect(made(engine, query)).toMatchObject({ sql: query, bound: [] });
  });

  it.each(ENGINES)('%s: comments are left out, with what stands in them', (engine) => {
    const statement = made(
      engine,
      `-- :start; DROP\nSELECT 1 /* :end ; ' */ AS day, 2 AS value -- the end :tz\n;`,
    );
    expect(statement.bound).toEqual([]);
    expect(statement.sql).not.toMatch(/DROP|:end|:tz|;/);
  });
});

describe('what is not taken', () => {
  it.each(ENGINES)('%s', (engine) => {
    const problem = (query: string) => {
      const outcome = statementOf(engine, query);
      return outcome.ok ? 'nothing' : outcome.problem;
    };
    expect(problem('')).toContain('it is empty');
    expect(problem(' -- nothing\n')).toContain('it is empty');
    expect(problem('SELECT 1; SELECT 2')).toContain('second statement at line 1, column 9');
    expect(problem('SELECT 1;;')).toContain('second statement');
    expect(problem('INSERT INTO t VALUES (1)')).toContain('begins with "INSERT"');
    expect(problem('(SELECT 1)')).toContain('begins with "("');
    expect(problem(`SELECT 'a`)).toContain('has no end at line 1, column 8');
    expect(problem('SELECT 1 /* a')).toContain('the comment has no end');
    expect(problem('SELECT 1 /* a /* b */ */')).toContain('a comment inside of a comment');
    expect(problem('SELECT 1 /*!50000 + 1 */')).toContain('some engines run');
    expect(problem('SELECT 1 /*M! + 1 */')).toContain('some engines run');
    expect(problem('SELECT 1\n  WHERE a = :begin')).toContain('":begin" at line 2, column 13');
    expect(problem('SELECT 1\0')).toContain('value zero');
  });

  it.each<{ engine: Engine; query: string; says: string }>([
    { engine: 'postgres', query: 'SELECT $1', says: '"$1"' },
    { engine: 'postgres', query: 'SELECT * FROM t FOR NO KEY UPDATE', says: 'FOR' },
    { engine: 'mysql', query: 'SELECT ?', says: '"?"' },
    { engine: 'duckdb', query: 'SELECT $start', says: '"$start"' },
    { engine: 'bigquery', query: 'SELECT @start', says: '"@start"' },
    { engine: 'clickhouse', query: 'SELECT {start:DateTime}', says: '"{start:DateTime}"' },
    { engine: 'clickhouse', query: 'SELECT 1 SETTINGS max_execution_time = 0', says: 'SETTINGS' },
    { engine: 'clickhouse', query: 'SELECT 1 FORMAT JSON', says: 'FORMAT' },
    // A backslash in a name between backticks takes the next character with it there.
    { engine: 'bigquery', query: 'SELECT 1 AS `\\``; DROP TABLE t; -- `', says: 'a second statement' },
    { engine: 'clickhouse', query: 'SELECT 1 AS `\\``; DROP TABLE t; -- `', says: 'a second statement' },
    { engine: 'mysql', query: 'SELECT 1 INTO DUMPFILE "x"', says: 'INTO' },
  ])('$engine: $query', ({ engine, query, says }) => {
    const outcome = statementOf(engine, query);
    expect(outcome.ok ? '' : outcome.problem).toContain(says);
  });
});

it('changes nothing of a text, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ENGINES), fc.string({ unit: 'binary' }), (engine, text) => {
      // Written as each engine writes a text: the quote doubled, and a backslash where it takes the next character with it.
      const doubled = text.replaceAll('\0', '').replaceAll("'", "''");
      const quoted = ['mysql', 'bigquery', 'clickhouse'].includes(engine)
        ? doubled.replaceAll('\\', '\\\\')
        : doubled;
      // Two quotes at the beginning of a text of BigQuery would be the three of another kind.
      fc.pre(!(engine === 'bigquery' && quoted.includes("'")));
      const query = `SELECT '${quoted}' AS day, 1 AS value`;
      expect(made(engine, query)).toMatchObject({ sql: query, bound: [] });
    }),
  );
});
