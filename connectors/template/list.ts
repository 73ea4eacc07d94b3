import { type Completeness, walkPages } from '../sdk/index.ts';
import { createTemplateClient, PROVIDER, type TemplateContext } from './client.ts';
import { type Item, itemsSchema } from './schema.ts';

const PER_PAGE = '100';

/** Everything that was created in `[fromAt, toAt)`, page by page to the one that names no next. */
export async function listItems(
  context: TemplateContext,
  fromAt: Date,
  toAt: Date,
): Promise<{ items: Item[]; completeness: Completeness }> {
  const client = createTemplateClient(context);
  const span = { created_from: fromAt.toISOString(), created_to: toAt.toISOString(), limit: PER_PAGE };
  let cursor: string | null = null;
  return walkPages<Item>({
    provider: PROVIDER,
    what: 'items',
    signal: context.signal,
    keyOf: ({ id }) => id,
    async page() {
      const params: Record<string, string> = cursor === null ? span : { ...span, cursor };
      const answer = await client.get('/v1/items', params, 'the items', itemsSchema);
      cursor = answer.next_cursor;
      return { items: answer.items, hasMore: cursor !== null };
    },
  });
}
