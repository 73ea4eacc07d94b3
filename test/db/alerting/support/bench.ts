import { alertStep } from '../../../../src/app/alert-step.ts';
import { composeNews } from '../../../../src/app/compose-news.ts';
import type { Evaluate, EvaluationInput, EvaluationOutput, Judge } from '../../../../src/app/evaluation.ts';
import { newId } from '../../../../src/app/ids.ts';
import { newsItem } from '../../../../src/app/news-item.ts';
import type { ChannelKindName } from '../../../../src/app/ports.ts';
import type { AlertingRules } from '../../../../src/app/ports-alerting.ts';
import { createAlertStore } from '../../../../src/db/alert-store.ts';
import { createAlerting } from '../../../../src/db/alerting/index.ts';
import { createEvaluator } from '../../../../src/db/evaluate.ts';
import { createSourceStore } from '../../../../src/db/source-store.ts';
import type { ChannelSettings } from '../../../../src/domain/channel-settings.ts';
import type { DataState } from '../../../../src/domain/data-state.ts';
import type { Status } from '../../../../src/domain/status.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../../../support/database.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const APP = 'https://okr.example.test';

/** What an evaluation is to say of a Key Result; the chance is the smoothed one and the raw one. */
export type Verdict = { asOfDay: string; status: Status; dataState?: DataState; chance?: number | null };

export type Bench = Awaited<ReturnType<typeof openBench>>;

export const rules: AlertingRules = {
  itemOf: (alert, saying, now) => newsItem(alert, saying, now, APP),
  compose: (channel, notices, standing, now) => composeNews(channel, notices, standing, now, APP),
};

/**
 * A workspace on the real database with the real alert machine, store, telling and composing. Only the verdict on a Key
 * Result is the test's own, so that a story of weeks is a list of verdicts; with `judge` that is real too. The clock
 * goes on from where the test puts it.
 */
export async function openBench(startAt: Date, judge: Judge | null = null) {
  const database = await freshDatabase();
  const { pool, workspaceId } = database;
  const verdicts = new Map<string, Verdict>();
  const evaluate: Evaluate = {
    judge: judge ?? verdictJudge(verdicts),
    newsItem: rules.itemOf,
  };
  const evaluator = createEvaluator(database, evaluate);
  const alerting = createAlerting(database, rules);
  let offsetMs = 0;
  const now = (): Date => new Date(Date.now() + offsetMs);
  const moveTo = async (at: Date): Promise<void> => {
    offsetMs = at.getTime() - Date.now();
    await moveClock(pool, offsetMs);
  };
  await moveTo(startAt);
  const pushed = await createSourceStore(database).createMetric({
    workspaceId,
    source: 'values',
    connectionId: '',
    key: 'pushed',
    title: 'pushed',
    connectorMetric: 'values',
    params: {},
    kind: 'stock',
    unit: 'count',
    currency: null,
    timeZone: 'UTC',
    settlesAfterHours: 0,
    rereadDays: 0,
    staleAfterDays: 3,
    cadence: 'day',
    readEveryHours: null,
    history: 'backfill',
    historyStartDay: '2026-06-01',
    definitionHash: 'hash',
    definition: null,
    inputs: [],
    changeReason: null,
  });
  const one = async <Row>(question: string, values: unknown[]): Promise<Row[]> =>
    (await pool.query(question, values)).rows as Row[];
  return {
    database,
    alerts: createAlertStore(database),
    alerting,
    evaluate,
    now,
    moveTo,
    moveBy: (ms: number) => moveTo(new Date(now().getTime() + ms)),
    rows: one,
    close: () => database.close(),
    rule: (forEvaluations = 1, keepFiringEvaluations = 1, repeatDays: number | null = 7) =>
      createAlertStore(database).createRule({
        workspaceId,
        objectiveId: null,
        keyResultId: null,
        kind: 'off_track',
        forEvaluations,
        keepFiringEvaluations,
        fireBelow: 0.25,
        clearAbove: 0.45,
        repeatDays,
      }),
    async channel(key: string, settings: Partial<ChannelSettings> = {}, kind: ChannelKindName = 'webhook') {
      const id = newId('chn');
      const channel = { id, workspaceId, key, title: key, kind, config: {}, settings };
      await createAlertStore(database).createChannel(channel, []);
      return id;
    },
    /** What every evaluation of it says from now on. */
    say: (keyResultId: string, verdict: Verdict) => void verdicts.set(keyResultId, verdict),
    /** The same, and an evaluation. */
    async judge(keyResultId: string, verdict: Verdict): Promise<void> {
      verdicts.set(keyResultId, verdict);
      await evaluator.evaluate([keyResultId]);
    },
    keyResult: (key: string, options: KeyResultOptions = {}) =>
      addKeyResult(database, key, { metricVersionId: pushed.versionId, ...options }),
    /** Every piece of news so far: channel, event, what it is about. */
    async news(): Promise<string[]> {
      const rows = await one<{ line: string }>(
        `SELECT c.key || ': ' || n.event || ' ' || COALESCE(k.key, x.key) AS line FROM notice n
         JOIN channel c ON c.id = n.channel_id JOIN alert a ON a.id = n.alert_id
         LEFT JOIN key_result k ON k.id = a.key_result_id LEFT JOIN connection x ON x.id = a.connection_id
         ORDER BY c.key, n.id`,
        [],
      );
      return rows.map(({ line }) => line);
    },
    /** Every message so far: channel, kind, what became of it. */
    async messages(): Promise<string[]> {
      const rows = await one<{ line: string }>(
        `SELECT c.key || ': ' || o.kind || ' ' || o.status AS line FROM outbox o JOIN channel c ON c.id = o.channel_id
         ORDER BY o.id`,
        [],
      );
      return rows.map(({ line }) => line);
    },
    /** Every alert so far, as its phase is stored. */
    async episodes(): Promise<string[]> {
      const rows = await one<{ line: string }>(
        `SELECT COALESCE(k.key, x.key) || ' ' || a.kind || ' ' || a.episode || ' ' || a.state AS line FROM alert a
         LEFT JOIN key_result k ON k.id = a.key_result_id LEFT JOIN connection x ON x.id = a.connection_id
         ORDER BY a.kind, COALESCE(k.key, x.key), a.episode`,
        [],
      );
      return rows.map(({ line }) => line);
    },
  };
}

export type KeyResultOptions = {
  owner?: string;
  /** A metric version that it reads: by default one that is pushed to us; null: people check in by hand. */
  metricVersionId?: string | null;
  objective?: string;
  startDay?: string;
  endDay?: string;
  checkInEveryDays?: number;
  /** When somebody wrote it down: by default on the first day of its cycle. */
  writtenDay?: string;
};

/** "Reach 100 from 0" in the cycle and under the objective of that name, which are made once. */
async function addKeyResult(
  { pool, workspaceId }: TestDatabase,
  key: string,
  {
    owner,
    metricVersionId,
    objective = 'grow',
    startDay = '2026-07-01',
    endDay = '2026-10-01',
    checkInEveryDays,
    writtenDay = startDay,
  }: KeyResultOptions,
): Promise<string> {
  const cycle = `cyc_${startDay}_${endDay}_${workspaceId}`;
  const objectiveId = `obj_${objective}_${workspaceId}`;
  await pool.query(
    `INSERT INTO cycle (id, workspace_id, key, title, start_day, end_day, time_zone)
     VALUES ($1, $2, $1, $1, $3, $4, 'UTC') ON CONFLICT (id) DO NOTHING`,
    [cycle, workspaceId, startDay, endDay],
  );
  await pool.query(
    `INSERT INTO objective (id, workspace_id, cycle_id, key, title) VALUES ($1, $2, $3, $4, $4) ON CONFLICT (id) DO NOTHING`,
    [objectiveId, workspaceId, cycle, objective],
  );
  const id = newId('kr');
  await pool.query(
    `INSERT INTO key_result (id, workspace_id, objective_id, cycle_id, key, title, goal_kind, goal, unit, metric_version_id,
       owner_name, check_in_every_days, created_at)
     VALUES ($1, $2, $3, $4, $5, $5, 'reach', '{"kind":"reach","startValue":0,"targetValue":100}', 'count', $6, $7, $8, $9)`,
    [
      id,
      workspaceId,
      objectiveId,
      cycle,
      key,
      metricVersionId ?? null,
      owner ?? null,
      checkInEveryDays ?? null,
      `${writtenDay}T00:00:00Z`,
    ],
  );
  return id;
}

/** Says of each Key Result, by its id, what the test wants said. */
export function verdictJudge(verdicts: ReadonlyMap<string, Verdict>): Judge {
  return (input) => outputOf(input, verdicts.get(input.keyResult.id));
}

/** The verdict as an evaluation stores it, with the real step of the alert machine. */
function outputOf(input: EvaluationInput, verdict: Verdict | undefined): EvaluationOutput {
  if (verdict === undefined) throw new Error(`no verdict was given for ${input.keyResult.key}`);
  const { asOfDay, chance = null, dataState = 'fresh', status } = verdict;
  const statusReason = { code: 'far_behind_pace', values: {} };
  const numbers = {
    currentValue: 5,
    startValue: 0,
    targetValue: 100,
    progress: 0.05,
    expected: 0.5,
    pace: 0.1,
  };
  const outlook =
    chance === null
      ? null
      : {
          key: asOfDay,
          chance: {
            asOfDay,
            raw: chance,
            smoothed: chance,
            trail: [],
            band: 'off_track' as const,
            bandBefore: null,
          },
          forecast: { available: false as const, asOfDay, why: 'little_history' as const },
        };
  const state = {
    ...numbers,
    status,
    statusReason,
    statusAsOfDay: asOfDay,
    lastKnown: null,
    dataState,
    dataReason: { code: `data_${dataState}`, values: { throughDay: asOfDay } },
    dataThroughDay: asOfDay,
    fetchedAt: null,
    guard: null,
    override: null,
    sample: null,
    outlook,
  };
  const evaluation = {
    ...state,
    asOfDay,
    kept: null,
    usedPoints: [],
    missingDays: [],
    goal: input.keyResult.goal,
    captured: null,
  };
  return {
    keyResultId: input.keyResult.id,
    needsHistory: false,
    outlook,
    snapshot: {
      id: newId('snap'),
      asOfDay,
      inputsDigest: `${asOfDay} ${status} ${chance}`,
      definitionVersion: 1,
      metricVersionId: null,
      ...numbers,
      status,
      statusReason,
      goal: input.keyResult.goal,
      points: [],
      forecast: null,
    },
    state,
    baseline: null,
    guardBound: null,
    ...alertStep(input, evaluation),
    progress: null,
  };
}
