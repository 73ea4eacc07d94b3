import { begunDays, byLocalDay, type DayWindow, type MetricReading, trailingDays } from '../sdk/index.ts';
import { createGitHubClient, type GitHubContext } from './client.ts';
import { badAnswer } from './errors.ts';
import { repositoryOf } from './issues.ts';
import type { SearchParams } from './params.ts';
import { searchSchema } from './schema.ts';
import { walkSpans } from './spans.ts';

/** Searches are allowed 30 times a minute, ten pages each; more belongs into several metrics. */
const MOST_SPANS = 4;
const INSTANT = { created: 'created_at', closed: 'closed_at' } as const;

/** How many issues or pull requests of a search were created, closed or merged on each day. */
export async function readSearch(
  context: GitHubContext,
  window: DayWindow,
  params: SearchParams,
): Promise<MetricReading> {
  const repository = repositoryOf(context, params);
  const days = begunDays(window, context.now);
  const endMs = Math.min(window.endAt.getTime(), (Math.floor(context.now.getTime() / 1_000) + 1) * 1_000);
  if (days.length === 0 || endMs <= window.startAt.getTime()) {
    const notes = ['The window has not begun'];
    return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  const { completeness, items } = await walkSpans(
    {
      client: createGitHubClient(context),
      signal: context.signal,
      path: '/search/issues',
      asked: `the search "${params.query}" in ${repository}`,
      schema: searchSchema,
      paramsOf: (range) => ({ q: `repo:${repository} ${params.query} ${params.by}:${range}` }),
      itemsOf: (answer) => answer.items,
      keyOf: ({ id }) => id,
      look({ incomplete_results }) {
        if (incomplete_results) throw badAnswer('incomplete_results', 'stopped searching before its end');
      },
      maxSpans: MOST_SPANS,
    },
    { fromMs: window.startAt.getTime(), toMs: endMs },
  );
  const instantOf = (item: (typeof items)[number]): number | null => {
    const at = params.by === 'merged' ? item.pull_request?.merged_at : item[INSTANT[params.by]];
    return at === null || at === undefined ? null : Date.parse(at);
  };
  const on = byLocalDay(items, instantOf, window.timeZone);
  const points = days.map((day) => ({ day, value: String(on(trailingDays(day, 1)).length) }));
  return { points, completeness };
}
