import type { Sandbox, SandboxState } from '../../../sandbox/index.ts';
import type { Body } from '../../api/client-types.ts';

/** How one of the sandbox company's accounts is connected. */
export type ConnectionDraft = Omit<Body<'createConnection'>, 'endpoint' | 'config'> & {
  config(sandbox: Sandbox): Record<string, unknown>;
  /** Below the sandbox's address; null: it has none. */
  path?: string | null;
};

export type MetricDraft = Pick<Body<'createMetric'>, 'key' | 'title' | 'metric' | 'params' | 'connection'> &
  Partial<Pick<Body<'createMetric'>, 'historyDays' | 'staleAfterDays'>>;
export type FormulaDraft = Body<'createFormula'>;
export type ObjectiveDraft = Omit<Body<'createObjective'>, 'cycle'>;
export type KeyResultDraft = Body<'createKeyResult'>;

/** What somebody said about a Key Result that no system knows, so many days ago. */
export type CheckInDraft = { keyResult: string; value: number; daysAgo: number; note: string };

/** What a metric of the sandbox company has come to on its settled days, in its own unit; 0 before the first. */
export type Reading = {
  /** The newest day. */
  last: number;
  /** The mean of the newest 28 days. */
  mean: number;
  /** The days of the cycle so far together. */
  total: number;
};

/** `elapsed` is the fraction of the cycle whose net revenue has settled. `dayBefore` counts back from today. */
export type Readings = {
  elapsed: number;
  dayBefore(days: number): string;
  of(metric: string): Reading;
};

/** What a demo workspace holds. */
export type DemoPlan = {
  /** How its company differs from Acme as it is. */
  sandbox: Partial<SandboxState>;
  /** Whether the company's own database is exported, for queries. */
  warehouse: boolean;
  /** The sources that the first sync reads, in words. */
  sources: string;
  connections: readonly ConnectionDraft[];
  metrics: readonly MetricDraft[];
  formulas: readonly FormulaDraft[];
  objectives: readonly ObjectiveDraft[];
  /** Metrics whose points the targets are made from; none unless something is read out of them. */
  read: readonly string[];
  keyResults(readings: Readings): readonly KeyResultDraft[];
  checkIns: readonly CheckInDraft[];
};
