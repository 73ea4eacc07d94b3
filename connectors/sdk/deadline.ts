/** One signal for the time allowed and for whoever may stop the request. `clear` must be called, else the timer lives on. */
export type Deadline = { signal: AbortSignal; timeoutMs: number; expired(): boolean; clear(): void };

/** Starts to count at once. `expired` tells a deadline from a stop. */
export function createDeadline(timeoutMs: number, signals: Array<AbortSignal | null | undefined>): Deadline {
  const controller = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort(new DOMException('The deadline passed', 'TimeoutError'));
  }, timeoutMs);
  const stops = signals.filter((signal) => signal instanceof AbortSignal);
  const stop = () => controller.abort(stops.find((signal) => signal.aborted)?.reason);
  for (const signal of stops) signal.addEventListener('abort', stop, { once: true });
  if (stops.some((signal) => signal.aborted)) stop();
  return {
    signal: controller.signal,
    timeoutMs,
    expired: () => expired,
    clear() {
      clearTimeout(timer);
      for (const signal of stops) signal.removeEventListener('abort', stop);
    },
  };
}
