import { addiction } from './addiction.ts';
import { type Asked, valuesOf } from './asked.ts';
import { badRequest, notServed, wrongMethod } from './errors.ts';
import { eventNames, topEvents, topProperties } from './event-names.ts';
import { funnel, listFunnels } from './funnels.ts';
import { insights } from './insights.ts';
import type { Params } from './params.ts';
import { listCohorts, people, type Sessions } from './people.ts';
import { retention } from './retention.ts';
import { eventCounts, segmentation } from './segmentation.ts';
import { averages, sums } from './sums.ts';
import type { View } from './view.ts';

export type Around = { view: View; sessions: Sessions; projectId: number };
type Query = { method: 'GET' | 'POST'; answer: (params: Params, around: Around) => object };

const get = (answer: (params: Params, view: View) => object): Query => ({
  method: 'GET',
  answer: (params, { view }) => answer(params, view),
});

/** What is answered below `/api/query` and, as it used to be called, `/api/2.0`. */
const QUERIES: ReadonlyMap<string, Query> = new Map([
  ['/segmentation', get(segmentation)],
  ['/segmentation/sum', get(sums)],
  ['/segmentation/average', get(averages)],
  ['/events', get(eventCounts)],
  ['/events/names', get(eventNames)],
  ['/events/properties/top', get(topProperties)],
  ['/events/top', get(topEvents)],
  ['/funnels', get(funnel)],
  ['/funnels/list', get(listFunnels)],
  ['/retention', get(retention)],
  ['/retention/addiction', get(addiction)],
  ['/insights', get(insights)],
  [
    '/cohorts/list',
    { method: 'POST', answer: (_params, { view, projectId }) => listCohorts(projectId, view) },
  ],
  ['/engage', { method: 'POST', answer: (params, { view, sessions }) => people(params, view, sessions) }],
  [
    '/jql',
    {
      method: 'POST',
      answer({ request }) {
        throw badRequest(request, 'JQL is in maintenance and not available to this project');
      },
    },
  ],
]);

const PREFIX = /^\/api\/(?:query|2\.0)(?=\/)/;

export function isQuery(path: string): boolean {
  return PREFIX.test(path);
}

/** The report that a request asks for. @throws Refusal for everything that Mixpanel would refuse */
export function answerQuery(asked: Asked, around: Around): object {
  const query = QUERIES.get(asked.path.replace(PREFIX, ''));
  if (query === undefined) throw notServed(asked.request);
  if (asked.method !== query.method) throw wrongMethod(asked.request, asked.method);
  return query.answer({ request: asked.request, values: valuesOf(asked) }, around);
}
