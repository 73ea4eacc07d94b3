import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { changed, type Words } from '../../use-words.ts';

/** A filter that is a link: what it leads to can be sent to somebody. */
export function Chip(props: {
  words: Words;
  change: Words;
  on: boolean;
  count?: number;
  children: ReactNode;
}) {
  return (
    <li>
      <Link
        to="."
        search={changed(props.words, props.change) as never}
        replace
        resetScroll={false}
        activeOptions={{ exact: true, includeSearch: true }}
        aria-current={props.on ? 'true' : undefined}
        data-on={props.on ? '' : undefined}
        className="inline-flex min-h-7 items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-[13px] text-muted hover:border-line-strong hover:text-ink data-on:border-accent data-on:bg-accent-soft data-on:text-accent"
      >
        {props.children}
        {props.count === undefined ? null : <span className="tabular-nums">{props.count}</span>}
      </Link>
    </li>
  );
}

/** Where a page of a list begins stands in the address; back is the browser's, and the first page is one press away. */
export function Pages(props: { words: Words; next: string | null; older: string; newest: string }) {
  const { newest, next, older, words } = props;
  if (next === null && words['after'] === undefined) return null;
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {words['after'] === undefined ? null : (
        <Link to="." search={changed(words, { after: undefined }) as never} className="button">
          {newest}
        </Link>
      )}
      {next === null ? null : (
        <Link to="." search={changed(words, { after: next }) as never} className="button">
          {older}
        </Link>
      )}
    </div>
  );
}
