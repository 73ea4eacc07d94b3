import type { CheckResult } from '../sdk/index.ts';
import type { FeedContext } from './client.ts';
import { instantOf } from './entry.ts';
import { newestPage } from './walk.ts';

const TITLE_LENGTH = 80;

/** The newest document, and how far it reaches. One call. */
export async function checkFeed(context: FeedContext): Promise<CheckResult> {
  const { isMore, page } = await newestPage(context);
  const { entries, isEndKnown } = page;
  const { keeps } = context.config;
  const warnings: string[] = [];
  const isCut = !isMore && !isEndKnown && (keeps === undefined || entries.length >= keeps);
  if (isCut) {
    const days = entries.map(({ publishedAt }) => instantOf(publishedAt, 'UTC')).toSorted((a, b) => a - b);
    const oldest = days[0] === undefined ? 'today' : new Date(days[0]).toISOString().slice(0, 10);
    warnings.push(
      `This feed has ${entries.length} entries and does not say whether these are all: nothing is known of days up to ${oldest}. ` +
        'Say how many entries it keeps (keeps) if it has fewer, or use a feed that is split into pages.',
    );
  }
  const dated = entries.filter(({ isDatedByChange }) => isDatedByChange).length;
  if (dated > 0) {
    warnings.push(`${dated} entries name no day of publication: that of their last change is taken.`);
  }
  const title = page.title.replace(/\s+/g, ' ').slice(0, TITLE_LENGTH);
  const host = context.endpoint?.host ?? '';
  return {
    account: title === '' ? `Feed at ${host}` : `Feed "${title}" at ${host}`,
    livemode: null,
    warnings,
  };
}
