import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunView } from '../api/contract.ts';
import { call } from './api.ts';

const POLL_MS = 700;
const FINISHED: ReadonlySet<RunView['status']> = new Set(['succeeded', 'failed', 'dead', 'skipped']);
/** Longer than that the page does not wait; the run goes on. */
const PATIENCE_MS = 120_000;

export type SyncState = { runs: readonly RunView[]; busy: boolean; error: unknown; start: () => void };

/** Reads what a Key Result is measured by, now, and follows the runs to their end. */
export function useSync(keyResult: string): SyncState {
  const queries = useQueryClient();
  const [state, setState] = useState<Omit<SyncState, 'start'>>({ runs: [], busy: false, error: null });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked === 0) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const follow = async (): Promise<void> => {
      const { data } = await call('startSync', { body: { keyResult }, signal });
      let runs: RunView[] = data;
      const until = Date.now() + PATIENCE_MS;
      while (runs.some((run) => !isOver(run)) && Date.now() < until) {
        setState({ runs, busy: true, error: null });
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        if (signal.aborted) return;
        runs = await Promise.all(
          runs.map(async (run) => (isOver(run) ? run : call('getRun', { params: { id: run.id }, signal }))),
        );
      }
      setState({ runs, busy: false, error: null });
      void queries.invalidateQueries();
    };
    setState({ runs: [], busy: true, error: null });
    follow().catch((error: unknown) => {
      if (!signal.aborted) setState({ runs: [], busy: false, error });
    });
    return () => stop.abort();
  }, [asked, keyResult, queries]);
  return { ...state, start: () => setAsked((count) => count + 1) };
}

/** A run that failed and waits for its next attempt has said all that it can say now. */
function isOver(run: RunView): boolean {
  return FINISHED.has(run.status) || (run.status === 'queued' && run.error !== null);
}
