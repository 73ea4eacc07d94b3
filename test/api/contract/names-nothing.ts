import type { Ask, Driver } from './driver.ts';
import { accumulate } from './plan.ts';

const missing = 'no-such-thing';

/** What an operation names in its query or body, and not in its path. */
const NAMES: Record<string, Ask> = {
  getBoard: { query: { cycle: missing } },
  listKeyResults: { query: { cycle: missing } },
  listRuns: { query: { connection: missing } },
  listAlerts: { query: { keyResult: missing } },
  createKeyResult: { body: { key: 'x', title: 'X', objective: missing, goal: accumulate, unit: 'count' } },
  createObjective: { body: { key: 'x', title: 'x', cycle: missing } },
  previewMetric: { body: { connection: missing, metric: 'paid_charges' } },
  createMetric: { body: { key: 'x', connection: missing, metric: 'paid_charges' } },
  startSync: { body: { connection: missing } },
  createAlertRule: { body: { keyResult: missing } },
  simulateAlertRule: { body: { keyResult: missing } },
  createSnooze: { body: { keyResult: missing, forMinutes: 10, reason: 'planned' } },
  readTextDrafts: { body: { text: 'Objective: a', cycle: missing } },
  importText: { body: { text: 'Objective: grow\n- 10 talks', cycle: missing } },
};

export async function namesNothing({ refused }: Driver): Promise<void> {
  for (const [name, ask] of Object.entries(NAMES)) await refused(name, 404, 'not_found', ask);
}
