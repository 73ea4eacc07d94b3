import type { WindowRule } from '../catalog/types.ts';
import type { MetricKind } from '../metric.ts';

/** How often a metric has a point. */
export type Cadence = 'day' | 'month';

/**
 * The days that a point is about, in words that can be compared; null for a state at the close of its day, which goes
 * with every window.
 */
export function spanOf(kind: MetricKind, window: WindowRule): string | null {
  switch (window.kind) {
    case 'none':
      return null;
    case 'day':
      return kind === 'stock' ? null : '1 day';
    case 'month':
      return kind === 'stock' ? null : '1 month';
    case 'trailing':
      return window.days === 1 ? '1 day' : `${window.days} days`;
    case 'trailing_months':
      return window.months === 1 ? '1 month' : `${window.months} months`;
    case 'matured_cohort':
      return `the matured cohorts of ${window.days} days`;
  }
}

/** The window of a value made from the newest `periods` points. */
export function trailing(periods: number, cadence: Cadence): WindowRule {
  return cadence === 'day'
    ? { kind: 'trailing', days: periods }
    : { kind: 'trailing_months', months: periods };
}

/** Whether points follow each other without an overlap, so that several of them make a longer window. */
export function isTiled(kind: MetricKind, window: WindowRule, cadence: Cadence): boolean {
  const span = spanOf(kind, window);
  return span === null || span === spanOf('flow', { kind: cadence });
}
