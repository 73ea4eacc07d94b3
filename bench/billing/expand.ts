/** What a request wants to have inside, by its path from one object: `discounts.source.coupon`. */
export type Wanted = (path: string) => boolean;

export const NOTHING: Wanted = () => false;

/** @param from `data.` for a list, nothing for a single object */
export function wantedOf(expand: readonly string[], from: '' | 'data.'): Wanted {
  const paths = expand.filter((path) => path.startsWith(from)).map((path) => path.slice(from.length));
  if (paths.length === 0) return NOTHING;
  return (path) => paths.some((each) => each === path || each.startsWith(`${path}.`));
}

/** The same from one object further in. */
export function within(wanted: Wanted, part: string): Wanted {
  return wanted === NOTHING ? NOTHING : (path) => wanted(`${part}.${path}`);
}
