import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../api/support/server.ts';
import { moveClock } from '../support/database.ts';

/**
 * Key Results of the off-track benchmark, lived through twice: as the command answers the protocol, and as the product
 * stores them when the same series are uploaded as CSV, day by day, under a moved clock.
 */
const root = join(import.meta.dirname, '..', '..');
const folder = join(resolve(root, process.env['TIDEMARK_SHARED'] ?? '../shared'), 'fixtures', 'offtrack');
const isThere = existsSync(folder);

/** Six trailing means, eight newest values, four totals and two weekly series; with gaps, outages and weekdays only. */
const IDS =
  'd-0032 d-0057 d-0082 d-0709 d-0133 d-0507 d-0064 d-0107 d-0126 d-0035 d-0276 d-0425 d-0332 d-0069 d-0278 d-0340 d-0353 d-0047 d-0101 d-0202'.split(
    ' ',
  );
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Kr = {
  id: string;
  agg: 'avg' | 'last' | 'sum';
  avg_n?: number;
  direction: 'increase' | 'decrease';
  baseline: number;
  target: number;
  start: string;
  deadline: string;
  stale_after: number;
};
type Line =
  | { op: 'open'; kr: Kr; gran: 'D' | 'W'; history: { start: string; values: (number | null)[] } }
  | { op: 'tick'; id: string; kr_id: string; as_of: string; points: [string, number][] }
  | { op: 'close'; kr_id: string };
type Told = { id: string; p_hit: number | null; state: string; status: string; notify: boolean };
type Life = { open: Extract<Line, { op: 'open' }>; ticks: Extract<Line, { op: 'tick' }>[] };

let lives: Map<string, Life>;
let answers: Map<string, Told>;
let server: TestServer;

beforeAll(async () => {
  if (!isThere) return;
  server = await startTestServer();
  lives = await livesOf(IDS);
  answers = await ask([...lives.values()]);
}, 300_000);
afterAll(() => server?.close());

async function livesOf(ids: string[]): Promise<Map<string, Life>> {
  const scorer = (await import(join(folder, 'score.mjs'))) as {
    loadData(dir: string): unknown;
    replayLines(data: unknown): Iterable<Line>;
  };
  const found = new Map<string, Life>();
  let life: Life | null = null;
  for (const line of scorer.replayLines(scorer.loadData(folder))) {
    if (line.op === 'open') life = { open: line, ticks: [] };
    else if (line.op === 'tick') life?.ticks.push(line);
    else if (life !== null && ids.includes(line.kr_id)) found.set(line.kr_id, life);
  }
  return found;
}

/** What `npx tidemark offtrack` answers. */
async function ask(all: Life[]): Promise<Map<string, Told>> {
  const child = spawn(process.execPath, [join(root, 'src', 'cli', 'bin.js'), 'offtrack'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const closed = new Promise((done) => child.on('close', done));
  for (const { open, ticks } of all) {
    for (const line of [open, ...ticks, { v: 1, op: 'close', kr_id: open.kr.id }])
      child.stdin.write(`${JSON.stringify(line)}\n`);
  }
  child.stdin.end();
  await closed;
  const lines = text.trim().split('\n');
  return new Map(lines.map((line) => JSON.parse(line) as Told).map((told) => [told.id, told]));
}

const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await server.ask('POST', path, body);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.json;
}

/** Half an hour after a day is over. */
async function after(day: string): Promise<void> {
  const at = Date.parse(plus(day, 1)) + 30 * MINUTE_MS;
  await moveClock(server.services.database.pool, at - Date.now());
}

async function upload(metric: string, points: [string, number][]): Promise<void> {
  if (points.length === 0) return;
  const text = ['day,value', ...points.map(([day, value]) => `${day},${value}`)].join('\n');
  await post(`/api/v1/metrics/${metric}/uploads`, { format: 'csv', text });
}

/** A goal has at most nine decimals; a product of two doubles may have more. */
const stated = (value: number): number => Number(value.toFixed(9));

/** The Key Result as a person would state it: the same promise in the words of the product. */
async function state({ kr, gran }: Life['open']): Promise<void> {
  const days = kr.agg === 'avg' ? (kr.avg_n ?? 1) : 1;
  const kind = kr.agg === 'last' ? 'stock' : 'flow';
  const staleDays = gran === 'W' ? 7 * kr.stale_after : kr.stale_after;
  await post('/api/v1/metrics/values', {
    key: kr.id,
    kind,
    unit: 'custom:units',
    timeZone: 'UTC',
    // What is pushed has a day of grace; a stock of today counts today, which takes it back.
    staleAfterDays: kind === 'stock' ? staleDays : staleDays - 1,
  });
  await post('/api/v1/cycles', {
    key: kr.id,
    title: kr.id,
    startDay: plus(kr.start, 1),
    endDay: plus(kr.deadline, 1),
    timeZone: 'UTC',
  });
  await post('/api/v1/objectives', { key: kr.id, title: kr.id, cycle: kr.id });
  const goal =
    kr.agg === 'sum'
      ? { kind: 'accumulate', targetValue: stated(kr.target) }
      : { kind: 'reach', startValue: stated(kr.baseline * days), targetValue: stated(kr.target * days) };
  await post('/api/v1/key-results', {
    key: kr.id,
    title: kr.id,
    objective: kr.id,
    metric: kr.id,
    goal,
    aggregate: kr.agg === 'avg' ? { trailingDays: days } : null,
  });
}

type Stored = {
  id: string;
  status: string;
  dataState: string;
  outlook: { chance: { raw: number } | null } | null;
  machine: { phase: string };
  /** Pieces of news: fired, and over. */
  news: string;
};

async function stored(key: string): Promise<Stored> {
  const rows = await server.services.database.pool.query<Stored>(
    `SELECT k.id, s.status, s.data_state AS "dataState", s.outlook, s.alert_machine AS machine,
       (SELECT count(fired_at) + count(*) FILTER (WHERE state = 'resolved') FROM alert
        WHERE key_result_id = k.id AND kind = 'off_track') AS news
     FROM key_result k JOIN key_result_state s ON s.key_result_id = k.id WHERE k.key = $1`,
    [key],
  );
  return rows.rows[0] as Stored; // it was made above
}

const STATES: Record<string, string> = {
  normal: 'ok',
  resolved: 'ok',
  closed: 'ok',
  pending: 'pending',
  firing: 'firing',
  recovering: 'recovering',
};

describe.skipIf(!isThere)('the product stores what the command answers', () => {
  it('for twenty Key Results', () => {
    expect(lives.size).toBe(20);
  });

  it.each(IDS)(
    '%s',
    async (id) => {
      const life = lives.get(id);
      if (life === undefined) throw new Error(`${id} is not replayed`);
      const { history, kr, gran } = life.open;
      await after(kr.start);
      await state(life.open);
      const step = gran === 'W' ? 7 : 1;
      const past = history.values.flatMap((value, index): [string, number][] =>
        value === null ? [] : [[plus(history.start, index * step), value]],
      );
      await upload(kr.id, past);
      let before = 0;
      const differences: string[] = [];
      for (const tick of life.ticks) {
        await after(tick.as_of);
        await upload(kr.id, tick.points);
        const { id: keyResultId } = await stored(kr.id);
        await server.services.evaluator.evaluate([keyResultId]);
        const now = await stored(kr.id);
        const told = answers.get(tick.id);
        const isStale = now.dataState === 'stale';
        const mine = {
          p: now.outlook?.chance?.raw ?? null,
          state: isStale ? 'nodata' : (STATES[now.machine.phase] ?? now.machine.phase),
          status: now.status,
          notify: Number(now.news) > before,
        };
        before = Number(now.news);
        const theirs = {
          p: told?.p_hit ?? null,
          state: told?.state,
          status: told?.status,
          notify: told?.notify,
        };
        const isLast = tick === life.ticks.at(-1);
        // On the last day the outcome is known, and the product says that instead of a chance.
        if (isLast) mine.p = theirs.p;
        if (JSON.stringify(mine) !== JSON.stringify(theirs))
          differences.push(`${tick.id}: product ${JSON.stringify(mine)}, command ${JSON.stringify(theirs)}`);
      }
      expect(differences.slice(0, 5)).toEqual([]);
    },
    240_000,
  );
});
