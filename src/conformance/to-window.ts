import type { MetricWindow } from '../domain/catalog/index.ts';
import { addDays } from '../domain/day.ts';
import type { VectorWindow } from './vector-file.ts';

/** A vector's window as the domain has it: inclusive last days become the day after, and an instant a `Date`. */
export function toWindow(window: VectorWindow): MetricWindow {
  switch (window.type) {
    case 'none':
      return { kind: 'none' };
    case 'snapshot':
    case 'asOf':
      return { kind: 'snapshot', day: window.date, timeZone: window.timeZone };
    case 'period': {
      const { end, start, timeZone } = window;
      return { kind: 'period', startDay: start, endDay: addDays(end, 1), timeZone };
    }
    case 'cohort': {
      const { asOf, end, start, timeZone } = window;
      return {
        kind: 'cohort',
        startDay: start,
        endDay: addDays(end, 1),
        timeZone,
        asOfAt: new Date(asOf),
      };
    }
  }
}
