/**
 * Lets so many tasks run at a time; the others wait their turn. A page may need hundreds of requests, and each one that
 * waits further down would listen to the signal that stops the run.
 */
export function createGate(places: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: Array<() => void> = [];
  let free = places;

  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
