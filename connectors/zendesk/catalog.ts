import type { CatalogMeaning } from '../sdk/index.ts';
import { type CountParams, type CsatParams, USUALLY_EXCLUDED } from './params.ts';

/** What the metrics are in the catalogue's words. The README says how each is computed. */

export const countMeaning: CatalogMeaning<CountParams> = {
  metric: 'tagged_ticket_count',
  // The catalogue's tickets carry one tag, and nothing but spam and what was merged is left out of them.
  define({ channel, excludedTags, followUps, per, tags = [] }) {
    const [tag, ...more] = tags;
    const leavesOut =
      excludedTags.includes('closed_by_merge') &&
      excludedTags.every((each) => USUALLY_EXCLUDED.includes(each));
    if (tag === undefined || more.length > 0 || channel !== undefined || followUps || !leavesOut) return null;
    return { params: { tag, perThousandActive: false }, window: { kind: per } };
  },
  suggest: ({ params: { perThousandActive, tag }, window }) => ({
    ...(typeof tag === 'string' && perThousandActive !== true ? { tags: [tag] } : {}),
    per: window.kind === 'month' ? 'month' : undefined,
  }),
};

export const csatMeaning: CatalogMeaning<CsatParams> = {
  metric: 'csat',
  define: ({ days, dedupe, minResponses }) => ({
    params: { scale: 'good_bad', dedupe, minResponses },
    window: days === 1 ? { kind: 'day' } : { kind: 'trailing', days },
  }),
  suggest: ({ params: { dedupe, minResponses }, window }) => ({
    dedupe,
    minResponses,
    days: window.kind === 'trailing' ? window.days : window.kind === 'day' ? 1 : undefined,
  }),
};
