import { createHash } from 'node:crypto';

/** Who asks for what is being worked out at this moment waits for that, and nothing is worked out twice at once. */
export function createSharedWork<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, work) => {
    const known = running.get(key);
    if (known !== undefined) return known;
    const started = work().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}

/**
 * Keeps the last `max` pictures that were asked for. A drawing says all that its picture depends on, so the picture is
 * found by the drawing's digest: what has changed is drawn anew, whatever it was that changed.
 */
export function createKeptPictures(
  render: (drawing: string) => Promise<Buffer>,
  max: number,
): (drawing: string) => Promise<Buffer> {
  const kept = new Map<string, Promise<Buffer>>();
  return (drawing) => {
    const key = createHash('sha256').update(drawing).digest('base64url');
    const known = kept.get(key);
    const picture = known ?? render(drawing);
    // Last in the map is what was asked for last.
    kept.delete(key);
    kept.set(key, picture);
    if (known === undefined) picture.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > max && oldest !== undefined) kept.delete(oldest);
    return picture;
  };
}
