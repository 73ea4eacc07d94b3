import type { WindowRule } from './catalog/types.ts';

/** What says over which days each point of a stored metric is. */
type Stored = {
  cadence: 'day' | 'month';
  params: Record<string, unknown>;
  /** Of a metric of the catalogue: the window of its definition. */
  window: WindowRule | null;
};

/**
 * The days that a point of a metric is about. A metric whose point looks at several days up to its own says how many in
 * its parameter `days`; any other point is about its own day, or its own month.
 */
export function pointWindow({ cadence, params, window }: Stored): WindowRule {
  if (window !== null) return window;
  if (cadence === 'month') return { kind: 'month' };
  const { days } = params;
  return typeof days === 'number' && days > 1 ? { kind: 'trailing', days } : { kind: 'day' };
}
