import { useNavigate, useSearch } from '@tanstack/react-router';

export type Words = Record<string, string | undefined>;

/** The words of the query string, and a way to change some of them; what is undefined leaves the address. */
export function useWords() {
  const words: Words = useSearch({ strict: false });
  const navigate = useNavigate();
  /** `push`: the back button undoes it, as for a drawer that opens; otherwise the address is only brought up to date. */
  const put = (change: Words, push = false): void =>
    void navigate({
      to: '.',
      // Of the address as it is by then: two changes in a row are both kept.
      search: ((now: Words) => changed(now, change)) as never,
      replace: !push,
      resetScroll: false,
    });
  return { words, put };
}

/** The query string with some words replaced. */
export function changed(words: Words, change: Words): Words {
  const all = Object.entries({ ...words, ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== ''));
}
