import { useRouterState } from '@tanstack/react-router';
import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { BoardLine } from './board-lines.ts';

/** Where somebody was on a board: the line at the upper edge, how far it was scrolled past, and the row that had the focus. */
type Place = { line: string; past: number; row: string | null };
type BoardVirtualizer = Virtualizer<Window, Element>;

const STORAGE_KEY = 'tidemark.board.places';
const MOST_PLACES = 50;
const SETTLE_MS = 120;
/** As many frames as heights take to become known, line by line. */
const MOST_FRAMES = 30;

/** How high the lines were when the board was last shown, as long as the window is as wide. */
let measured: { width: number; items: VirtualItem[] } = { width: 0, items: [] };

export function measuredBefore(): VirtualItem[] {
  return measured.width === window.innerWidth ? measured.items : [];
}

/**
 * Keeps the place on a board for each step of the history, so that the back button and a reload lead to the same lines. A
 * distance in pixels would not do: how high the lines above are is only known once they have been drawn.
 */
export function useKeptPlace(lines: readonly BoardLine[], virtualizer: BoardVirtualizer): void {
  // oxlint-disable-next-line no-underscore-dangle -- the router's own name for the entry of the history
  const entry = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? 'first' });
  const latest = useRef({ lines, virtualizer });
  latest.current = { lines, virtualizer };

  useLayoutEffect(() => {
    const place = readPlaces().get(entry);
    return place === undefined ? undefined : goTo(place, latest);
  }, [entry]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      timer = undefined;
      writePlace(entry, placeOf(latest.current));
    };
    const scrolled = (): void => {
      timer ??= setTimeout(keep, SETTLE_MS);
    };
    // What is left with a reload or a link is left at once.
    const left = (): void => keep();
    window.addEventListener('scroll', scrolled, { passive: true });
    window.addEventListener('pagehide', left);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('scroll', scrolled);
      window.removeEventListener('pagehide', left);
    };
  }, [entry]);

  useLayoutEffect(
    () => () => {
      const { virtualizer: last } = latest.current;
      measured = { width: window.innerWidth, items: [...last.measurementsCache] };
      writePlace(entry, placeOf(latest.current));
    },
    [entry],
  );
}

type Latest = { current: { lines: readonly BoardLine[]; virtualizer: BoardVirtualizer } };

function placeOf({ lines, virtualizer }: Latest['current']): Place | null {
  const active = document.activeElement;
  const row = active instanceof HTMLElement ? (active.dataset['rowLink'] ?? null) : null;
  const { scrollY } = window;
  const top = virtualizer.measurementsCache.find(({ end }) => end > scrollY);
  const line = lines[top?.index ?? -1];
  if (top === undefined || line === undefined) return null;
  return scrollY === 0 && row === null ? null : { line: line.key, past: scrollY - top.start, row };
}

/** Scrolls there, and again as the lines on the way become as high as they are, until somebody scrolls themselves. */
function goTo(place: Place, latest: Latest): () => void {
  let frame = 0;
  let count = 0;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    for (const type of GESTURES) window.removeEventListener(type, stop);
  };
  const step = (): void => {
    const { lines, virtualizer } = latest.current;
    const index = lines.findIndex(({ key }) => key === place.line);
    const at = virtualizer.measurementsCache[index];
    if (at !== undefined && Math.abs(window.scrollY - at.start - place.past) > 1)
      window.scrollTo({ top: at.start + place.past, behavior: 'instant' });
    focusRow(place.row);
    count += 1;
    if (count < MOST_FRAMES) frame = requestAnimationFrame(step);
    else stop();
  };
  for (const type of GESTURES) window.addEventListener(type, stop, { passive: true });
  frame = requestAnimationFrame(step);
  return stop;
}

const GESTURES = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;

function focusRow(row: string | null): void {
  if (row === null || document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(row)}"]`)?.focus({ preventScroll: true });
}

function readPlaces(): Map<string, Place> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]') as [string, Place][]);
  } catch {
    return new Map(); // A browser may forbid storage; the board then begins at its top.
  }
}

function writePlace(entry: string, place: Place | null): void {
  const places = readPlaces();
  places.delete(entry);
  if (place !== null) places.set(entry, place);
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify([...places].slice(-MOST_PLACES)));
  } catch {
    // As above.
  }
}
