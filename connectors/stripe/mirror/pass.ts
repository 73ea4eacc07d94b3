import { badPayload, ConnectorError } from '../../sdk/index.ts';
import type { Created } from './source.ts';
import type { Pass } from './state.ts';

/** Twenty million objects. A list that is longer is an error, never a smaller mirror. */
export const MAX_PAGES = 200_000;

type Page = { ids: readonly string[]; hasMore: boolean; lastAt: number | null };

export function createdOf(pass: Pass): Created {
  return pass.since === null ? { lt: pass.bound } : { gte: pass.since, lt: pass.bound };
}

/**
 * Where a pass is after one more page. A client that trusts a server which repeats its pages walks for ever, so neither
 * the cursor nor the anchor may come again; the anchor moves at powers of two, which finds a circle of any length.
 *
 * @throws ConnectorError `bad_payload` for a repeated object or a page that promises more and holds nothing,
 *   `too_large` for a list without an end
 */
export function passAfter(pass: Pass, page: Page, what: string, maxPages = MAX_PAGES): Pass {
  const ids = new Set(page.ids);
  const again = [pass.cursor, pass.anchor].find((id) => id !== null && ids.has(id));
  if (again !== undefined || ids.size < page.ids.length) {
    const which = again ?? page.ids.find((id, at) => page.ids.indexOf(id) !== at) ?? 'an object';
    throw badPayload('Stripe', 'repeated_page', `listed ${which} twice among its ${what}`);
  }
  const pages = pass.pages + 1;
  if (page.hasMore && page.ids.length === 0) {
    throw badPayload('Stripe', 'empty_page', `promised more ${what} on page ${pages} and sent none`);
  }
  if (page.hasMore && pages >= maxPages) throw tooLong(what, maxPages);
  const cursor = page.ids.at(-1) ?? pass.cursor;
  const isPowerOfTwo = (pages & (pages - 1)) === 0;
  return {
    ...pass,
    cursor,
    lastAt: page.lastAt ?? pass.lastAt,
    anchor: isPowerOfTwo ? cursor : pass.anchor,
    pages,
    seen: pass.seen + page.ids.length,
  };
}

/** The object at the cursor was deleted: the pass goes on at its second, where what comes twice changes nothing. */
export function withoutCursor(pass: Pass): Pass {
  return { ...pass, bound: pass.lastAt === null ? pass.until : pass.lastAt + 1, cursor: null, anchor: null };
}

/** A page of a pass, also where its cursor is gone; `pass` is the one that it belongs to. */
export async function pageOf<T>(
  pass: Pass,
  read: (created: Created, after: string | null) => Promise<T>,
): Promise<{ pass: Pass; page: T }> {
  try {
    return { pass, page: await read(createdOf(pass), pass.cursor) };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== 'cursor_gone' || pass.cursor === null)
      throw error;
    const without = withoutCursor(pass);
    return { pass: without, page: await read(createdOf(without), null) };
  }
}

function tooLong(what: string, maxPages: number): ConnectorError {
  const message = `Stripe has more than ${maxPages} pages of ${what}, more than Tidemark mirrors.`;
  return new ConnectorError(message, {
    errorClass: 'too_large',
    code: 'too_many_pages',
    remedy: { by: 'maintainer' },
  });
}
