import type { Phase } from './phases.ts';
import { alone, beside, memory, type Row } from './rows.ts';

const PROVIDER_PER_SECOND = 100;

export function backfillRows(backfill: Phase): Row[] {
  const { seconds, requests, peakMiB, processor } = backfill;
  const floor = {
    name: `its requests at ${PROVIDER_PER_SECOND} a second`,
    value: requests / PROVIDER_PER_SECOND,
    unit: 's',
  };
  return [
    beside({ name: 'backfill, 24 months', value: seconds, unit: 's' }, floor),
    alone('backfill: requests', requests, 'requests'),
    ...(processor === null ? [] : [alone('backfill: processor time of the product', processor, 's')]),
    ...memory('backfill: peak memory of the product', peakMiB),
  ];
}

export function metricsRows({ seconds, peakMiB, requests }: Phase, metrics: number, days: number): Row[] {
  return [
    alone(`all ${metrics} metrics, ${days} days each`, seconds, 's'),
    alone('all metrics: a day of one metric', (seconds * 1_000) / (metrics * days), 'ms'),
    alone('all metrics: requests', requests, 'requests'),
    ...memory('all metrics: peak memory of the product', peakMiB),
  ];
}

export function hourRows(hour: Phase, idle: Phase, backfill: Phase, changes: number): Row[] {
  const ofBackfill = (unit: string, value: number) => ({ name: 'of the backfill', value, unit });
  return [
    beside(
      { name: `an hour with ${changes} changes`, value: hour.seconds, unit: 's' },
      ofBackfill('s', backfill.seconds),
    ),
    beside(
      { name: `an hour with ${changes} changes: requests`, value: hour.requests, unit: 'requests' },
      ofBackfill('requests', backfill.requests),
    ),
    alone(
      'an hour with changes: requests for one change',
      (hour.requests - idle.requests) / changes,
      'requests',
    ),
    ...memory('an hour with changes: peak memory of the product', hour.peakMiB),
    alone('an hour without changes', idle.seconds, 's'),
    alone('an hour without changes: requests', idle.requests, 'requests'),
  ];
}
