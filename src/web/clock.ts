import { createContext, useContext, useSyncExternalStore } from 'react';

/**
 * Ages are told by the server's clock, because a laptop that is five minutes wrong would call fresh data future
 * data. The board carries the database's own time; until one was read, the `Date` header of any answer will do.
 */
let offsetMs = 0;
let source: 'none' | 'header' | 'body' = 'none';

/** One clock for the whole page: hundreds of rows show ages, and they should change together. */
let shown = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const TICK_MS = 10_000;

/** `time` is an RFC 3339 instant or an HTTP date; anything unreadable is ignored. */
export function heardServerTime(time: string | null, from: 'header' | 'body'): void {
  if (time === null || (source === 'body' && from === 'header')) return;
  const serverMs = Date.parse(time);
  if (Number.isNaN(serverMs)) return;
  offsetMs = serverMs - Date.now();
  source = from;
  // The time an answer took is not worth drawing everything again.
  if (Math.abs(serverNow().getTime() - shown.getTime()) > TICK_MS) tick();
}

export function serverNow(): Date {
  return new Date(Date.now() + offsetMs);
}

/** The instant of a page that shows the past: ages on it are told from there. */
export const PastClock = createContext<Date | null>(null);

/** The server's time, renewed every ten seconds so that ages grow while one looks. */
export function useServerNow(): Date {
  const past = useContext(PastClock);
  const now = useSyncExternalStore(subscribe, () => shown);
  return past ?? now;
}

function tick(): void {
  shown = serverNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    // It stood still while nobody looked.
    shown = serverNow();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
