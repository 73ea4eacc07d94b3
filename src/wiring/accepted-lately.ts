import type { Acceptance } from '../../connectors/sdk/index.ts';
import type { ConnectionRecord, ReadRequest } from '../app/ports.ts';

/** Many owners ask for the same at about the same time; what a provider has changed since then, the next sync meets. */
const LATELY_MS = 300_000;
const MOST = 500;

type Asked = Pick<ReadRequest, 'metric' | 'params'>;

/** Definitions that a provider accepted a moment ago, so that many metrics of one definition cost one question. */
export function acceptedLately() {
  const known = new Map<string, { at: Date; acceptance: Acceptance }>();
  // Another address, project or state is another question.
  const keyOf = ({ config, endpoint, id, state }: ConnectionRecord, { metric, params }: Asked): string =>
    JSON.stringify([id, endpoint, config, state, metric, params]);
  return {
    find(connection: ConnectionRecord, asked: Asked, now: Date): Acceptance | null {
      const found = known.get(keyOf(connection, asked));
      const ageMs = found === undefined ? LATELY_MS : now.getTime() - found.at.getTime();
      return found !== undefined && ageMs >= 0 && ageMs < LATELY_MS ? found.acceptance : null;
    },
    keep(connection: ConnectionRecord, asked: Asked, acceptance: Acceptance, now: Date): void {
      // What is refused is about to be mended, and asked again.
      if (acceptance.problems.length > 0) return;
      const key = keyOf(connection, asked);
      known.delete(key);
      known.set(key, { at: now, acceptance });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}

export type AcceptedLately = ReturnType<typeof acceptedLately>;
