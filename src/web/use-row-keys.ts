import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { BoardLine } from './board-lines.ts';
import { isField } from './shortcuts.ts';

type BoardVirtualizer = Virtualizer<Window, Element>;

/** A row far away is drawn a few frames after the page was scrolled there. */
const MOST_FRAMES = 20;

/**
 * j and k walk the rows, from wherever one is; the arrows do while a row has the focus. A row that is not drawn yet is
 * scrolled to first. Enter opens it, because what has the focus is its link.
 */
export function useRowKeys(lines: readonly BoardLine[], virtualizer: BoardVirtualizer): void {
  const latest = useRef({ lines, virtualizer });
  latest.current = { lines, virtualizer };
  useEffect(() => {
    let frame = 0;
    const pressed = (event: KeyboardEvent): void => {
      const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.defaultPrevented || isField(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const active = document.activeElement;
      const row = active instanceof HTMLElement ? (active.dataset['rowLink'] ?? null) : null;
      if (row === null && event.key.startsWith('Arrow')) return;
      const next = nextRow(latest.current, row, step);
      if (next === null) return;
      event.preventDefault();
      cancelAnimationFrame(frame);
      go(next.index, next.id, 0);
    };
    const go = (index: number, id: string, count: number): void => {
      const link = document.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(id)}"]`);
      if (link !== null) {
        link.focus({ preventScroll: true });
        link.closest('li')?.scrollIntoView({ block: 'nearest' });
      } else if (count < MOST_FRAMES) {
        latest.current.virtualizer.scrollToIndex(index, { align: 'auto' });
        frame = requestAnimationFrame(() => go(index, id, count + 1));
      }
    };
    window.addEventListener('keydown', pressed);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('keydown', pressed);
    };
  }, []);
}

/** The row after the one that has the focus, or before it; without one, the first that is in sight. */
function nextRow(
  { lines, virtualizer }: { lines: readonly BoardLine[]; virtualizer: BoardVirtualizer },
  row: string | null,
  step: number,
): { index: number; id: string } | null {
  const at = lines.findIndex((line) => line.kind === 'row' && line.row.id === row);
  const top = virtualizer.measurementsCache.findIndex(({ start }) => start >= window.scrollY);
  const from = at === -1 ? Math.max(0, top) : at + step;
  for (let index = from; index >= 0 && index < lines.length; index += at === -1 ? 1 : step) {
    const line = lines[index];
    if (line?.kind === 'row') return { index, id: line.row.id };
  }
  return null;
}
