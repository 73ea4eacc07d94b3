import type { ReactNode } from 'react';

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-5 gap-y-1 text-[13px] sm:grid-cols-[11rem_minmax(0,1fr)]">{children}</dl>;
}

export function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:mt-1">{word}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </div>
  );
}

/** Enough of a digest to compare by eye; all of it in the tooltip and in a copy. */
export function Digest({ text }: { text: string }) {
  return (
    <code title={text} className="inline-block max-w-full truncate align-bottom font-mono text-xs select-all">
      {text}
    </code>
  );
}
