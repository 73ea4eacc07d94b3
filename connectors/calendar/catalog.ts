import type { CatalogMeaning } from '../sdk/index.ts';
import type { EventParams } from './params.ts';

/** A held event is one of the catalogue's entries, with its tag as the label. */
export const eventMeaning: CatalogMeaning<EventParams> = {
  metric: 'activity_count',
  define: ({ tag }) => ({ params: tag === undefined ? {} : { label: tag }, window: { kind: 'day' } }),
  suggest: ({ params: { label } }) => (typeof label === 'string' ? { tag: label } : {}),
};
