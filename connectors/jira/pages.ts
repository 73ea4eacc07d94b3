import type { z } from 'zod';
import { type Completeness, walkPages } from '../sdk/index.ts';
import type { JiraClient, Params } from './client.ts';
import { badAnswer } from './errors.ts';

export type Listed<Item> = { items: Item[]; completeness: Completeness };
type PageFacts = { startAt: number; isLast?: boolean | undefined; total?: number | undefined };

export type OffsetWalk<Answer extends PageFacts, Item> = {
  client: JiraClient;
  signal: AbortSignal;
  path: string;
  /** "the sprints of board 12" */
  asked: string;
  schema: z.ZodType<Answer>;
  params?: Params;
  /** Jira sends fewer than asked for where an answer would become large. */
  maxResults: number;
  itemsOf(answer: Answer): Item[];
  keyOf(item: Item): string;
};

/**
 * Walks a list by offset until Jira says that its end was reached. Something that moves while it is walked comes twice, and
 * the later telling stands; what would be skipped shows in the total.
 *
 * @throws ConnectorError as every read does; `bad_payload` when the end cannot be proved
 */
export async function walkOffsets<Answer extends PageFacts, Item>(
  walk: OffsetWalk<Answer, Item>,
): Promise<Listed<Item>> {
  const { asked, client, keyOf, maxResults, path, schema, signal } = walk;
  const found = new Map<string, Item>();
  let startAt = 0;
  const { completeness } = await walkPages<number>({
    provider: 'Jira',
    what: `pages of ${asked}`,
    signal,
    keyOf: String,
    async page() {
      const at = startAt;
      const answer = await client.get(path, asked, schema, { ...walk.params, startAt: at, maxResults });
      if (answer.startAt !== at)
        throw badAnswer('wrong_page', `sent another page of ${asked} than was asked for`);
      const items = walk.itemsOf(answer);
      for (const item of items) found.set(keyOf(item), item);
      startAt = at + items.length;
      const isOver = answer.isLast ?? (answer.total !== undefined && startAt >= answer.total);
      if (!isOver && items.length === 0) {
        throw badAnswer('empty_page', `promised more of ${asked} and sent none`);
      }
      if (isOver && answer.total !== undefined && found.size < answer.total) {
        const problem = `counted ${answer.total} of ${asked} and listed ${found.size}`;
        throw badAnswer('list_cut_off', problem);
      }
      return { items: [at], hasMore: !isOver };
    },
  });
  const items = [...found.values()];
  return { items, completeness: { ...completeness, items: items.length } };
}
