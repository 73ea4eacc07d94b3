import type { Answer } from '../spoil.ts';
import type { MixpanelAccess } from '../state.ts';
import type { Asked } from './asked.ts';
import { checkEvent, isRecord } from './event-rules.ts';
import type { Ingested } from './ingested.ts';
import { parseJson } from './params.ts';

export type Sent = { taken: Ingested[]; error: string | null };

/**
 * What a client sent: base64 of JSON, in the address or as a posted `data=` that is not percent-encoded by the
 * official clients (a form decoder would turn its `+` into blanks), or plain JSON.
 *
 * @returns null when it cannot be read
 */
export function sentData({ method, url, headers, body }: Asked): unknown[] | null {
  if (method === 'GET') return decoded(url.searchParams.get('data'));
  const text = body.toString('utf8');
  if (headers['content-type']?.startsWith('application/json')) return listed(parseJson(text));
  const field = text.split('&').find((part) => part.startsWith('data='));
  const data = field?.slice('data='.length) ?? null;
  return decoded(data?.includes('%') ? decodeURIComponent(data) : data);
}

function decoded(base64: string | null): unknown[] | null {
  return base64 === null ? null : listed(parseJson(Buffer.from(base64, 'base64').toString('utf8')));
}

function listed(value: unknown): unknown[] | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value : [value];
}

/** Takes what is good of `/track`. What carries somebody else's token is answered alike, and vanishes. */
export function takeTracked(sent: readonly unknown[], { token }: MixpanelAccess, nowMs: number): Sent {
  const taken: Ingested[] = [];
  let error: string | null = null;
  for (const raw of sent) {
    const properties = isRecord(raw) && isRecord(raw.properties) ? raw.properties : {};
    const checked = checkEvent(raw, 'track', nowMs);
    if (typeof properties.token !== 'string' || properties.token === '') error ??= 'token, missing or empty';
    else if (!checked.ok) error ??= checked.message;
    else if (properties.token === token) taken.push(checked.event);
  }
  return { taken, error };
}

/** Takes changes of people (`/engage`) and of groups (`/groups`). */
export function takeUpdates(
  kind: 'profile' | 'group',
  sent: readonly unknown[],
  { token }: MixpanelAccess,
  nowMs: number,
): Sent {
  const taken: Ingested[] = [];
  let error: string | null = null;
  const idField = kind === 'profile' ? '$distinct_id' : '$group_id';
  for (const raw of sent) {
    if (!isRecord(raw)) error ??= 'data, must be an object';
    else if (typeof raw.$token !== 'string' || raw.$token === '') error ??= '$token, missing or empty';
    else if (raw[idField] === undefined) error ??= `${idField}, missing or empty`;
    else if (raw.$token === token) {
      const { $token: _token, ...update } = raw;
      taken.push({ kind, receivedAtMs: nowMs, update });
    }
  }
  return { taken, error };
}

/** Exactly `1` or `0`, or JSON when asked to be verbose. A client looks at this and at nothing else. */
export function sentAnswer(asked: Asked, error: string | null, headers: Record<string, string>): Answer {
  const status = error === null ? 1 : 0;
  if (asked.url.searchParams.get('verbose') !== '1') {
    return {
      status: 200,
      headers: { ...headers, 'content-type': 'text/plain' },
      body: status,
      text: `${status}`,
    };
  }
  const body = { status, error };
  return { status: 200, headers, body, text: JSON.stringify(body) };
}
