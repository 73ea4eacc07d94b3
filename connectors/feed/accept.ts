import { type Acceptance, nearNames } from '../sdk/index.ts';
import type { FeedContext } from './client.ts';
import { plainCategory } from './entry.ts';
import type { PostParams } from './params.ts';
import { newestPage } from './walk.ts';

const SHOWN = 5;

/**
 * Whether an entry has the category. A feed lists no categories but those of its entries, and the first post of one may
 * still be to come: that is a warning, and refuses nothing. One call.
 */
export async function acceptPosts(context: FeedContext, { category }: PostParams): Promise<Acceptance> {
  const warnings: string[] = [];
  if (category !== undefined) {
    const { page } = await newestPage(context);
    const names = new Map(
      page.entries.flatMap(({ categories }) => categories.map((name) => [plainCategory(name), name.trim()])),
    );
    if (!names.has(plainCategory(category))) {
      const among = `category: none of the newest ${page.entries.length} entries has "${category}".`;
      warnings.push(
        `${among}${suggestion([...names.values()], category)} It counts from the first entry with it on.`,
      );
    }
  }
  return { problems: [], warnings, timeZone: null, currency: null };
}

function suggestion(names: readonly string[], wanted: string): string {
  const near = nearNames(names, wanted);
  if (near.length > 0) return ` Do you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (names.length === 0) return ' The entries have no categories.';
  const shown = names.slice(0, SHOWN).map((name) => `"${name}"`);
  return ` There is ${shown.join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}.`;
}
