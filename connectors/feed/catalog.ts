import type { CatalogMeaning } from '../sdk/index.ts';
import type { PostParams } from './params.ts';

/** An entry of the feed is one of the catalogue's, with its category as the label. */
export const postMeaning: CatalogMeaning<PostParams> = {
  metric: 'activity_count',
  define: ({ category }) => ({
    params: category === undefined ? {} : { label: category },
    window: { kind: 'day' },
  }),
  suggest: ({ params: { label } }) => (typeof label === 'string' ? { category: label } : {}),
};
