import type { CatalogMeaning, CatalogReading } from '../sdk/index.ts';
import type { CountParams, CsatParams, NpsParams } from './params.ts';

/** What the metrics are in the catalogue's words. The README says how each is computed. */

const windowOf = (days: number): CatalogReading['window'] =>
  days === 1 ? { kind: 'day' } : { kind: 'trailing', days };

const suggested = ({ params: { dedupe, minResponses }, window }: CatalogReading) => ({
  dedupe,
  minResponses,
  days: window.kind === 'trailing' ? window.days : window.kind === 'day' ? 1 : undefined,
});

function recommendation(metric: 'nps' | 'nps_average'): CatalogMeaning<NpsParams> {
  return {
    metric,
    define: ({ days, dedupe, minResponses }) => ({
      params: { dedupe, minResponses },
      window: windowOf(days),
    }),
    suggest: suggested,
  };
}

export const npsMeaning = recommendation('nps');
export const averageMeaning = recommendation('nps_average');

export const csatMeaning: CatalogMeaning<CsatParams> = {
  metric: 'csat',
  define: ({ days, dedupe, minResponses, positiveFrom, scaleMax }) => ({
    params: { scale: 'numbers', scaleMax, positiveFrom, dedupe, minResponses },
    window: windowOf(days),
  }),
  suggest: (wanted) => ({
    ...suggested(wanted),
    scaleMax: wanted.params['scaleMax'],
    positiveFrom: wanted.params['positiveFrom'],
  }),
};

export const countMeaning: CatalogMeaning<CountParams> = {
  metric: 'activity_count',
  define: () => ({ params: {}, window: { kind: 'day' } }),
};
