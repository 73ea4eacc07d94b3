import type { Body } from '../api/client-types.ts';
import { langs } from '../i18n/index.ts';
import { usageError } from './cli-error.ts';
import { parsePairs } from './key-values.ts';

type Titles = NonNullable<Body<'updateKeyResult'>['titles']>;

/**
 * `--title-in zh-CN=…`: what was given, by language; an empty text where a title is to go.
 *
 * @throws CliError for a language that the product does not speak
 */
function given(pairs: readonly string[]): Titles {
  const titles = parsePairs(pairs, '--title-in');
  const unknown = Object.keys(titles).find((name) => !langs.some((lang) => lang === name));
  if (unknown === undefined) return titles;
  throw usageError(`--title-in does not know the language "${unknown}"`, `Use ${langs.join(' or ')}.`);
}

/** For what is made: nothing where no title was given. */
export function titlesOf(pairs: readonly string[] | undefined): { titles?: Titles } {
  return pairs === undefined ? {} : { titles: given(pairs) };
}

/** For what is changed, where all titles are given at once: those in other languages stay. */
export async function changedTitles(
  pairs: readonly string[] | undefined,
  read: () => Promise<{ titles: Titles }>,
): Promise<{ titles?: Titles }> {
  if (pairs === undefined) return {};
  const changed = given(pairs);
  const { titles } = await read();
  const merged = Object.entries<string>({ ...titles, ...changed }).filter(([, title]) => title.trim() !== '');
  return { titles: Object.fromEntries(merged) };
}
