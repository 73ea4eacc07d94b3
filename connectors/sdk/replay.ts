import { loneContext } from './lone-context.ts';
import { type RecordedExchange, type Recording, RecordingError, windowOfRecording } from './recording.ts';
import { createScrub, type Scrub } from './scrub.ts';
import { secretParts, standIn } from './secret-parts.ts';
import type { Connector, GuardedFetch, MetricReading } from './types.ts';

/** A request as it is compared: where it goes to, not at which host, and without its credentials. */
export type Asked = { method: string; url: string; body: string };
export type Replay = {
  /** What was answered when exactly this was asked: one after the other, and the last one from then on. Null: never. */
  answer(asked: Asked): RecordedExchange['response'] | null;
  /** Says what was asked, and what of the recording comes nearest to it. */
  explain(asked: Asked): string;
};

/** @param secrets what the replaying connector is given in place of secrets; taken out of requests as the real ones were */
export function createReplay(recording: Recording, secrets: readonly string[] = []): Replay {
  const scrub = createScrub({ secrets: secrets.flatMap(secretParts), keepAddresses: true });
  const recorded = recording.exchanges.map(({ request, response }) => ({
    // What is written is clean already, and comes out the same.
    parts: partsOf(request, scrub),
    response,
    used: false,
  }));
  const partsAsked = (asked: Asked): string[] =>
    partsOf({ ...asked, url: scrub.url(asked.url), body: scrub.body(asked.body) }, scrub);
  return {
    answer(asked) {
      const key = JSON.stringify(partsAsked(asked));
      const same = recorded.filter(({ parts }) => JSON.stringify(parts) === key);
      const next = same.find(({ used }) => !used) ?? same.at(-1);
      if (next === undefined) return null;
      next.used = true;
      return next.response;
    },
    explain(asked) {
      const parts = partsAsked(asked);
      const [nearest] = recorded
        .map((each) => ({ ...each, shared: each.parts.filter((part) => parts.includes(part)).length }))
        .toSorted((left, right) => right.shared - left.shared);
      return `The recording does not hold ${shown(parts)}. The nearest that it holds is ${shown(nearest?.parts ?? [])}.`;
    },
  };
}

const shown = ([method = '', path = '', ...rest]: string[]): string =>
  [`${method} ${path}`, ...rest].join(' ');

/** Method, path, then each parameter and each field in an order of their own. */
function partsOf({ body, method, url }: Asked, scrub: Scrub): string[] {
  const { pathname, searchParams } = new URL(url);
  const params = [...searchParams].map(([name, value]) => `${name}=${value}`).toSorted();
  return [method.toUpperCase(), pathname, ...params, ...bodyParts(scrub.body(body))];
}

function bodyParts(body: string): string[] {
  if (body === '') return [];
  try {
    return fieldsOf(JSON.parse(body), '').toSorted();
  } catch {
    const isForm = /^[^\s=&]+=/.test(body);
    return isForm
      ? [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).toSorted()
      : [body];
  }
}

function fieldsOf(value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${at}: ${JSON.stringify(value)}`];
  const entries = Object.entries(value);
  return entries.length === 0
    ? [`${at}: ${JSON.stringify(value)}`]
    : entries.flatMap(([name, inner]) => fieldsOf(inner, `${at}/${name}`));
}

export const bodyOf = ({ body, encoding }: RecordedExchange['response']): Buffer =>
  Buffer.from(body, encoding === 'base64' ? 'base64' : 'utf8');

/** A fetch that opens no socket: what was recorded, and nothing else. */
export function replayFetch(replay: Replay): GuardedFetch {
  return async (input, init = {}) => {
    const given = init.body ?? '';
    const body = typeof given === 'string' ? given : Buffer.from(given).toString('utf8');
    const asked = { method: init.method ?? 'GET', url: String(input), body };
    const response = replay.answer(asked);
    if (response === null) throw new RecordingError(replay.explain(asked));
    const hasBody = ![204, 205, 304].includes(response.status);
    return new Response(hasBody ? Uint8Array.from(bodyOf(response)) : null, response);
  };
}

/**
 * Reads again what was recorded, without a network. Where the connector asks for something else than then, the sentence says
 * for what.
 *
 * @throws RecordingError when a request is not in the recording; ConnectorError as the reading does
 */
export async function replayReading(
  connector: Connector,
  recording: Recording,
): Promise<{ account: string; reading: MetricReading }> {
  const definition = connector.metrics[recording.metric];
  if (definition === undefined) {
    throw new RecordingError(`${connector.title} has no metric "${recording.metric}" any more.`);
  }
  const secrets = Object.fromEntries(
    Object.entries(recording.secrets).map(([field, kind]) => [field, standIn(field, kind)]),
  );
  const played = replayFetch(createReplay(recording, Object.values(secrets)));
  const missed: RecordingError[] = [];
  const window = windowOfRecording(recording);
  const context = loneContext<unknown>({
    config: { ...recording.config, ...secrets },
    endpoint: recording.endpoint === null ? null : new URL(recording.endpoint),
    fetch: (input, init) =>
      played(input, init).catch((error: unknown) => {
        if (error instanceof RecordingError) missed.push(error);
        throw error;
      }),
    signal: new AbortController().signal,
    now: new Date(recording.now),
  });
  try {
    const { account } = await connector.check(context);
    const reads = [{ metric: recording.metric, params: recording.params, window }];
    const reading = await definition.read({ ...context, reads }, window, recording.params);
    return { account, reading };
  } catch (error) {
    // To the connector it was a failed request.
    throw missed[0] ?? error;
  }
}

/** Days whose points are not those of the recording, in order. */
export function differingDays(recording: Recording, { points }: MetricReading): string[] {
  const textByDay = (all: readonly { day: string }[]) =>
    new Map(all.map((point) => [point.day, JSON.stringify(sorted(point))]));
  const then = textByDay(recording.points);
  const now = textByDay(JSON.parse(JSON.stringify(points)) as { day: string }[]); // as a file would have them
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((day) => then.get(day) !== now.get(day))
    .toSorted();
}

const sorted = (point: object): [string, unknown][] =>
  Object.entries(point).toSorted(([left], [right]) => (left < right ? -1 : 1));
