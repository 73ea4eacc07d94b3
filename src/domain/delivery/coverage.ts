import { noValue } from '../activities/quotient.ts';
import { closeOf } from '../catalog/span.ts';
import type { CatalogMetric } from '../catalog/types.ts';
import { daysBetween, localDay } from '../day.ts';

/**
 * Line coverage as last reported for the branch by the close of the day. No report is no value, never a coverage of
 * zero; how old the report is stands beside it, because a pipeline that stopped reporting looks like one at rest.
 */
export const coverage: CatalogMetric = {
  key: 'coverage',
  stage: 'delivery',
  kind: 'stock',
  unit: { name: 'ratio', storedAs: 'ratio', storedPer: 1 },
  windows: ['snapshot'],
  usualWindow: { kind: 'day' },
  params: { branch: { type: 'text', default: 'main' } },
  records: ['reports'],
  sources: ['codecov', 'sonarqube', 'push', 'sheet'],
  compute(params, window, { reports }) {
    const closeAt = closeOf(window);
    const known = (reports ?? []).filter((report) => report.branch === params.branch && report.at < closeAt);
    // Of two reports of one instant the lower one: which came last cannot be told, and coverage is to be earned.
    const [last] = known.toSorted((a, b) => b.at.getTime() - a.at.getTime() || a.coverage - b.coverage);
    if (last === undefined || window.kind !== 'snapshot') return noValue('no_observation');
    const ageDays = daysBetween(localDay(last.at, window.timeZone), window.day);
    return { value: last.coverage, beside: { ageDays } };
  },
};
