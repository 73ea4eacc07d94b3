import { useCallback, useEffect, useState } from 'react';
import type { Answer, OperationName } from '../api/client-types.ts';
import { callVersioned } from './api.ts';

export type Versioned<Data> = { data: Data; version: string };

/**
 * What a form begins with, together with its version. Read once and not again by itself: a change that somebody else makes
 * meanwhile has to be told, not taken over. `again` reads what is there by now.
 */
export function useVersioned<Name extends OperationName>(name: Name, id: string) {
  const [state, setState] = useState<{ read: Versioned<Answer<Name>> | null; error: unknown }>({
    read: null,
    error: null,
  });
  const load = useCallback(
    async (signal?: AbortSignal): Promise<Versioned<Answer<Name>>> => {
      const given = signal === undefined ? {} : { signal };
      const { data, version } = await callVersioned(name, { params: { id }, ...given });
      return { data, version: version ?? '*' };
    },
    [name, id],
  );
  const again = useCallback(async () => {
    const read = await load();
    setState({ read, error: null });
    return read;
  }, [load]);
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(
      (read) => setState({ read, error: null }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ read: null, error });
      },
    );
    return () => stop.abort();
  }, [load]);
  return { ...state, again };
}
