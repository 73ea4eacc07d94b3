import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import { Fragment, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type BoardLine, blocksOf, estimatedHeight } from '../../board-lines.ts';
import { measuredBefore, useKeptPlace } from '../../board-place.ts';
import { useLanguage } from '../../language.tsx';
import { useRowKeys } from '../../use-row-keys.ts';
import { KeyResultLine } from '../key-result-row.tsx';
import { SectionHead, useSectionTitle } from './section-head.tsx';

/** Fewer lines than this are drawn all: then the browser's own search finds every word of them. */
const DRAWN_WHOLE = 120;
const OVERSCAN = 8;

type BoardListProps = { lines: readonly BoardLine[]; cycleState: string; asOf: string | null };

/** The lines of the board. Of many, only those in sight and the one that has the focus are in the document. */
export function BoardList({ asOf, cycleState, lines }: BoardListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const [focused, setFocused] = useState<string | null>(null);
  const focusedAt = useMemo(
    () => lines.findIndex((line) => line.kind === 'row' && line.row.id === focused),
    [focused, lines],
  );
  const whole = lines.length <= DRAWN_WHOLE;
  // Asked once: of two thousand lines, every one below a line of another height is estimated anew while it scrolls.
  const width = window.innerWidth;
  const virtualizer = useWindowVirtualizer({
    count: lines.length,
    getItemKey: useCallback((index: number) => lines[index]?.key ?? index, [lines]),
    estimateSize: (index) => estimatedHeight(lines[index], width),
    initialMeasurementsCache: measuredBefore(),
    overscan: OVERSCAN,
    scrollMargin: margin,
    rangeExtractor: useCallback(
      (range: Range) => {
        if (whole) return Array.from({ length: range.count }, (_, index) => index);
        const seen = defaultRangeExtractor(range);
        if (focusedAt === -1 || seen.includes(focusedAt)) return seen;
        return [...seen, focusedAt].toSorted((a, b) => a - b);
      },
      [focusedAt, whole],
    ),
  });
  // What stands above the list may have become higher or lower.
  useLayoutEffect(() => {
    const top = (list.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(top - margin) > 0.5) setMargin(top);
  });
  useKeptPlace(lines, virtualizer);
  useRowKeys(lines, virtualizer);
  const titleOf = useSectionTitle();
  const items = virtualizer.getVirtualItems();
  const after = virtualizer.getTotalSize() + margin - (items.at(-1)?.end ?? margin);
  return (
    <div
      ref={list}
      onFocus={({ target }) => setFocused(target.closest('li')?.dataset['rowId'] ?? null)}
      onBlur={() => setFocused(null)}
    >
      {blocksOf(items, lines, margin).map(({ before, first, key, rest, section }) => (
        <Fragment key={key}>
          {before > 0 ? <div style={{ height: before }} /> : null}
          {section === null ? (
            <div ref={virtualizer.measureElement} data-index={first?.index} className="h-5" />
          ) : (
            <section
              aria-label={titleOf(section)}
              // A ring takes no room: heights are those of the lines alone.
              className="overflow-hidden rounded-xl bg-surface ring-1 ring-line"
            >
              {first === null ? null : (
                <div ref={virtualizer.measureElement} data-index={first.index}>
                  <SectionHead section={section} />
                </div>
              )}
              <Rows
                items={rest}
                lines={lines}
                asOf={asOf}
                cycleState={cycleState}
                measure={virtualizer.measureElement}
              />
            </section>
          )}
        </Fragment>
      ))}
      {after > 0.5 ? <div style={{ height: after }} /> : null}
    </div>
  );
}

type RowsProps = BoardListProps & {
  items: readonly { index: number }[];
  measure: (element: Element | null) => void;
};

function Rows({ asOf, cycleState, items, lines, measure }: RowsProps) {
  const { t } = useLanguage();
  const rows = items.flatMap(({ index }) => {
    const line = lines[index];
    return line?.kind === 'row' ? [{ index, line }] : [];
  });
  const [first] = items;
  if (first === undefined) return null;
  if (rows.length === 0)
    return (
      <p
        ref={measure}
        data-index={first.index}
        className="border-t border-line px-4 py-3.5 text-muted sm:px-5"
      >
        {t('web.objective_empty')}
      </p>
    );
  return (
    <ul>
      {rows.map(({ index, line }) => (
        <KeyResultLine
          key={line.row.id}
          row={line.row}
          cycleState={cycleState}
          asOf={asOf}
          index={index}
          position={line.position}
          count={line.section.rows.length}
          measure={measure}
        />
      ))}
    </ul>
  );
}
