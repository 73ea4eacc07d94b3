import { EgressError } from './error.ts';

/** One signal for the caller's abort and the total deadline. `end` must be called, else the timer lives on. */
export function startDeadline(totalTimeoutMs: number, host: string, outer: AbortSignal | null) {
  const controller = new AbortController();
  const onOuterAbort = (): void => controller.abort(outer?.reason);
  const timer = setTimeout(() => {
    controller.abort(
      new EgressError('timeout', 'total_timeout', `${host} did not finish its answer in time`),
    );
  }, totalTimeoutMs);
  if (outer?.aborted === true) onOuterAbort();
  outer?.addEventListener('abort', onOuterAbort, { once: true });
  const end = (): void => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onOuterAbort);
  };
  return { signal: controller.signal, end };
}
