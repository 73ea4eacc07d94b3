import { type Completeness, type DayWindow, instantOfWall, shiftDay, walkPages } from '../sdk/index.ts';
import { createTypeformClient, type TypeformContext } from './client.ts';
import { badAnswer } from './errors.ts';
import { formOf } from './form.ts';
import { type ResponseAnswer, responsesSchema } from './schema.ts';

export type Responses = { items: ResponseAnswer[]; completeness: Completeness };

const PAGE_SIZE = 1_000;
const DAY_MS = 86_400_000;

/** How many days before its own a point of each metric looks back. */
const REACH: Record<string, (params: Record<string, unknown>) => number> = {
  response_count: () => 1,
  nps: ({ days }) => Number(days),
  nps_average: ({ days }) => Number(days),
  csat: ({ days }) => Number(days),
};

/** Every completed response that was submitted since the first day that a read of this run looks at. */
export function responsesSince(
  context: TypeformContext,
  form: string,
  window: DayWindow,
  days: number,
): Promise<Responses> {
  const starts = context.reads.flatMap(({ metric, params, window: other }) => {
    const known = params as { form?: string } & Record<string, unknown>; // what `paramsSchema` made of them
    const reach = REACH[metric]?.(known);
    return reach === undefined || formOf(context, known) !== form ? [] : [startOf(other, reach)];
  });
  const fromMs = Math.min(startOf(window, days), ...starts);
  return context.shared(`typeform-responses:${form}:${fromMs}`, () => listResponses(context, form, fromMs));
}

function startOf({ startDay, timeZone }: DayWindow, days: number): number {
  return instantOfWall(Date.parse(`${shiftDay(startDay, 1 - days)}T00:00:00Z`), timeZone);
}

/**
 * Walks from the newest response back. The first page says how many there are since the first instant; a later one begins
 * before the last response of the page before, and then nothing else is asked for, so it reaches further back than is
 * wanted: what is older ends the walk. Responses stand in the order in which they were processed, which is nearly that in
 * which they were submitted; a day more settles that.
 *
 * @throws ConnectorError as every read does; `bad_payload` when fewer came than there are
 */
async function listResponses(context: TypeformContext, form: string, fromMs: number): Promise<Responses> {
  const client = createTypeformClient(context);
  const asked = `the responses of ${form}`;
  const found = new Map<string, ResponseAnswer>();
  const wanted = (): ResponseAnswer[] =>
    [...found.values()].filter(({ submitted_at }) => Date.parse(submitted_at) >= fromMs);
  let before: string | undefined;
  let total = 0;
  const { completeness } = await walkPages<string>({
    provider: 'Typeform',
    what: `pages of ${asked}`,
    signal: context.signal,
    keyOf: (page) => page,
    async page() {
      const here = before ?? 'the first page';
      const range = before === undefined ? { since: Math.floor(fromMs / 1_000) } : { before };
      const { items, total_items } = await client.get(`/forms/${form}/responses`, asked, responsesSchema, {
        page_size: PAGE_SIZE,
        ...range,
      });
      if (before === undefined) total = total_items;
      if (items.length > 0 && items.every(({ token }) => found.has(token))) {
        throw badAnswer('repeated_page', `listed the same page of ${asked} twice`);
      }
      for (const item of items) found.set(item.token, item);
      before = items.at(-1)?.token;
      const isPast = items.some(({ submitted_at }) => Date.parse(submitted_at) < fromMs - DAY_MS);
      const isFull = items.length >= PAGE_SIZE || (items.length > 0 && wanted().length < total);
      return { items: [here], hasMore: isFull && !isPast };
    },
  });
  const items = wanted();
  if (items.length < total) {
    throw badAnswer('list_cut_off', `counted ${total} of ${asked} and listed ${items.length}`);
  }
  return { items, completeness: { ...completeness, items: items.length } };
}
