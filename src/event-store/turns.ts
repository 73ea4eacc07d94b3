export type Turns = {
  /** Waits for everybody who came before; a wait that is called off does not take its turn. */
  take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody waits any more. */
  idle(): Promise<void>;
};

/** One after the other, in the order of asking. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(signal, work) {
      const before = last;
      const turn = (async () => {
        await calledOff(before, signal);
        return work();
      })();
      // Who is called off while waiting leaves; those behind still wait for whoever is at work.
      last = Promise.allSettled([before, turn]);
      return turn;
    },
    async idle() {
      for (let seen: unknown = null; seen !== last; ) {
        seen = last;
        await last;
      }
    },
  };
}

/** Waits for `before`, which never fails, unless the signal comes first. */
async function calledOff(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    void before.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}
