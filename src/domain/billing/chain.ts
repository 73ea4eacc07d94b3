/** A change as it was told: what was before it, and what it led to. Keys are equal where the things are. */
export type Link<T> = { at: Date; from: string | null; to: string | null; value: T };

/**
 * By their time; those of one moment in the order in which each tells what was before it. Providers write whole seconds,
 * and deliver in any order.
 */
export function inOrder<T>(links: readonly Link<T>[]): T[] {
  const sorted = links.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const ordered: T[] = [];
  let start: string | null = null;
  for (let first = 0; first < sorted.length; ) {
    const atMs = sorted[first]?.at.getTime();
    let next = first + 1;
    while (sorted[next]?.at.getTime() === atMs) next += 1;
    for (const link of chained(sorted.slice(first, next), start)) {
      ordered.push(link.value);
      start = link.to;
    }
    first = next;
  }
  return ordered;
}

function chained<T>(group: readonly Link<T>[], start: string | null): Link<T>[] {
  if (group.length < 2) return [...group];
  const left = new Map<string | null, Link<T>[]>();
  for (const link of group) left.set(link.from, [...(left.get(link.from) ?? []), link]);
  const ordered: Link<T>[] = [];
  let from = start;
  while (left.size > 0) {
    const trail = trailFrom(left.has(from) ? from : headOf(left), left);
    ordered.push(...trail);
    from = trail.at(-1)?.to ?? null;
  }
  return ordered;
}

/** Takes every link that can be reached, each once, so that each begins where the one before it ended (Hierholzer). */
function trailFrom<T>(start: string | null, left: Map<string | null, Link<T>[]>): Link<T>[] {
  const stack: { key: string | null; by: Link<T> | null }[] = [{ key: start, by: null }];
  const backwards: Link<T>[] = [];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const links = left.get(top.key);
    const link = links?.shift();
    if (links?.length === 0) left.delete(top.key);
    if (link !== undefined) stack.push({ key: link.to, by: link });
    else {
      stack.pop();
      if (top.by !== null) backwards.push(top.by);
    }
  }
  return backwards.toReversed();
}

/** Where nothing earlier is known: what no other of them leads to. */
function headOf<T>(left: ReadonlyMap<string | null, readonly Link<T>[]>): string | null {
  const led = new Set([...left.values()].flat().flatMap(({ from, to }) => (from === to ? [] : [to])));
  const keys = [...left.keys()];
  return keys.find((key) => key === null) ?? keys.find((key) => !led.has(key)) ?? keys[0] ?? null;
}
