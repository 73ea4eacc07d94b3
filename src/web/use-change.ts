import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';

export type Change<Input, Out> = {
  /** Resolves to what came back, or to undefined when it was refused: then `error` says why. */
  run: (input: Input) => Promise<Out | undefined>;
  busy: boolean;
  error: unknown;
  forget: () => void;
};

/**
 * A change that somebody asks for with a button or a form: one at a time, its refusal kept for the form to show, and
 * everything that is on the page read again once it is done.
 */
export function useChange<Input, Out>(
  change: (input: Input) => Promise<Out>,
  done?: (out: Out, input: Input) => void,
): Change<Input, Out> {
  const queries = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const under = useRef(false);
  const run = async (input: Input): Promise<Out | undefined> => {
    if (under.current) return undefined;
    under.current = true;
    setState({ busy: true, error: null });
    try {
      const out = await change(input);
      setState({ busy: false, error: null });
      void queries.invalidateQueries();
      done?.(out, input);
      return out;
    } catch (error) {
      setState({ busy: false, error });
      return undefined;
    } finally {
      under.current = false;
    }
  };
  const forget = useCallback(() => setState({ busy: false, error: null }), []);
  return { run, ...state, forget };
}
