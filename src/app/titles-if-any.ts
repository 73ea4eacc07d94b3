import type { Titles } from '../domain/titles.ts';

/** For what is written down: nothing where there is only the one title. */
export function titlesIfAny(titles: Titles): { titles?: Titles } {
  return Object.keys(titles).length === 0 ? {} : { titles };
}
