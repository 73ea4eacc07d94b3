import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/index.ts';
import { ApiProblem, type Client } from '../../api/client.ts';
import type { Schema } from '../../api/client-types.ts';
import type { DemoPlan, Reading, Readings } from './plan.ts';

/** Weeks of the demo's cycle, and how many of them lie behind when it is made: far enough in for every verdict. */
const CYCLE_DAYS = 91;
const DAYS_BEHIND = 56;
/** Cohorts of a month are judged two months later. */
const HISTORY_DAYS = 120;
const SYNC_TIMEOUT_MS = 120_000;
/** A token may ask 600 times a minute; a slow machine waits for longer than that. */
const POLL_MS = 250;

/**
 * Fills the workspace through the API: connections, metrics, first sync, then the Key Results with targets that suit
 * the numbers. Every step leaves alone what an earlier start has made, so a load that was cut off is completed.
 */
export async function loadDemo(
  client: Client,
  sandbox: Sandbox,
  plan: DemoPlan,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await connect(client, sandbox, plan);
  await unlessThere(
    () => client.call('createAlertRule', { body: { forEvaluations: 1, keepFiringEvaluations: 1 } }),
    async () => (await client.call('listAlertRules')).data.some((rule) => rule.forEvaluations === 1),
  );
  for (const kind of ['webhook', 'slack'] as const) {
    const key = `inbox-${kind}`;
    await unlessTaken(
      client.call('createChannel', { body: { key, kind, url: `${sandbox.url}/inbox/${kind}` } }),
    );
    // Whoever tries this out on a Sunday evening wants to see the message now.
    await client.call('changeChannel', { params: { id: key }, body: { settings: AT_ONCE } });
  }
  const { timeZone } = sandbox.state();
  const known = new Set((await client.call('listMetrics')).data.map((metric) => metric.key));
  // Each is put to its provider before it is kept; providers answer at the same time.
  const missing = plan.metrics.filter(({ key }) => !known.has(key));
  await Promise.all(
    missing.map((metric) => unlessTaken(client.call('createMetric', { body: { ...metric, timeZone } }))),
  );
  // A later start leaves it to the schedule, as every start of Tidemark does: what is due is read by itself.
  if (missing.length > 0) {
    const started = performance.now();
    await sync(client, signal);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`  ✓ first sync of ${plan.sources} through the queue ${seconds} s`);
  }
  for (const body of plan.formulas)
    if (!known.has(body.key)) await unlessTaken(client.call('createFormula', { body }));
  await createPlan(client, plan, sandbox.now(), timeZone);
}

/** The sandbox may have had to move to another port; its keys were saved for the old one and are given again. */
async function connect(client: Client, sandbox: Sandbox, plan: DemoPlan): Promise<void> {
  const connections = (await client.call('listConnections')).data;
  for (const { config, path = '', ...draft } of plan.connections) {
    const known = connections.find((connection) => connection.key === draft.key);
    const endpoint = path === null ? null : `${sandbox.url}${path}`;
    const reach = { ...(endpoint === null ? {} : { endpoint }), config: config(sandbox) };
    if (known === undefined) {
      await client.call('createConnection', { body: { ...draft, ...reach } });
    } else if (known.endpoint !== endpoint) {
      await client.call('updateConnection', { params: { id: draft.key }, body: reach });
    }
  }
}

const AT_ONCE: Schema<'ChangeSettings'> = {
  quietHours: null,
  workingDays: [1, 2, 3, 4, 5, 6, 7],
  digest: null,
  groupWaitMinutes: 0,
  groupIntervalMinutes: 0,
};

/** Asks for a sync unless one is under way, and waits until nothing is. A failed one is shown by the board. */
async function sync(client: Client, signal: AbortSignal): Promise<void> {
  const busy = async (): Promise<boolean> =>
    (await client.call('listRuns', { query: { limit: 20 } })).data.some(
      (run) => run.status === 'running' || (run.status === 'queued' && run.attempt === 1),
    );
  if (!(await busy())) await client.call('startSync', { body: {} });
  const until = performance.now() + SYNC_TIMEOUT_MS;
  while ((await busy()) && performance.now() < until) await delay(POLL_MS, undefined, { signal });
}

/** The quarter that a day lies in, such as "2026 Q4", which every language reads. */
function quarterOf(day: string): string {
  return `${day.slice(0, 4)} Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

async function createPlan(client: Client, plan: DemoPlan, now: Date, timeZone: string): Promise<void> {
  const cycles = (await client.call('listCycles')).data;
  const startDay = cycles[0]?.startDay ?? dayOf(now, -DAYS_BEHIND);
  if (cycles.length === 0) {
    const body = {
      key: 'demo',
      title: quarterOf(dayOf(now, Math.round(CYCLE_DAYS / 2) - DAYS_BEHIND)),
      startDay,
      endDay: dayOf(now, CYCLE_DAYS - DAYS_BEHIND),
      timeZone,
    };
    await unlessTaken(client.call('createCycle', { body }));
  }
  for (const objective of plan.objectives)
    await unlessTaken(client.call('createObjective', { body: { ...objective, cycle: 'demo' } }));
  const known = new Set(
    (await client.call('getBoard', { query: {} })).objectives.flatMap((each) =>
      each.keyResults.map((row) => row.key),
    ),
  );
  const drafts = plan.keyResults(await readings(client, plan, startDay, now));
  for (const draft of drafts)
    if (!known.has(draft.key)) await unlessTaken(client.call('createKeyResult', { body: draft }));
  for (const { daysAgo, keyResult, note, value } of plan.checkIns) {
    const said = await client.call('listCheckIns', { params: { id: keyResult } });
    if (said.data.length > 0) continue;
    const body = { day: dayOf(now, -daysAgo), value, note };
    await client.call('checkIn', { params: { id: keyResult }, body });
  }
}

async function readings(client: Client, plan: DemoPlan, startDay: string, now: Date): Promise<Readings> {
  const known = new Map<string, Reading>();
  let elapsed = 0;
  for (const key of plan.read) {
    const query = { from: dayOf(now, -HISTORY_DAYS) };
    const { data } = await client.call('listPoints', { params: { id: key }, query });
    const settled = data.filter((point) => point.settled && point.value !== null);
    const inCycle = settled.filter((point) => point.day >= startDay);
    if (key === 'net-revenue') elapsed = inCycle.length / CYCLE_DAYS;
    const values = settled.map((point) => Number(point.value));
    const newest = values.slice(-28);
    known.set(key, {
      last: values.at(-1) ?? 0,
      mean: newest.length === 0 ? 0 : sum(newest) / newest.length,
      total: sum(inCycle.map((point) => Number(point.value))),
    });
  }
  const none = { last: 0, mean: 0, total: 0 };
  return {
    elapsed,
    dayBefore: (days) => dayOf(now, -days),
    of: (metric) => known.get(metric) ?? none,
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

function dayOf(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

async function unlessThere(make: () => Promise<unknown>, isThere: () => Promise<boolean>): Promise<void> {
  if (!(await isThere())) await make();
}

/** A key that is taken was made by an earlier start. */
async function unlessTaken(making: Promise<unknown>): Promise<void> {
  try {
    await making;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'already_exists') throw error;
  }
}
