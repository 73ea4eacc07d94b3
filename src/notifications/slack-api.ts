import { z } from 'zod';
import { type DeliveryErrorClass, type DeliveryResult, type Fetch, judge } from './delivery.ts';

/**
 * Slack's Web API over the fetch that channels are given. Not Slack's own SDK: it opens its own sockets, past the guard
 * that keeps a token at the hosts it was saved for, and repeats by itself what the outbox already repeats.
 */
export type SlackApi = { fetch: Fetch; base: URL; token: string; signal: AbortSignal; now: Date };

/** `refusal` is Slack's error code, null where it took the message or the answer was not one of Slack's. */
export type SlackAnswer = { result: DeliveryResult; refusal: string | null; body: Record<string, unknown> };

const uploadSchema = z.object({
  upload_url: z.url({ protocol: /^https?$/ }),
  file_id: z.string().regex(/^F[A-Z0-9]+$/),
});

/** @see https://docs.slack.dev/reference/methods/chat.postMessage for the codes */
const classes: Record<string, DeliveryErrorClass> = {
  is_archived: 'gone',
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  message_limit_exceeded: 'rate_limited',
  internal_error: 'transient',
  fatal_error: 'transient',
  request_timeout: 'transient',
  service_unavailable: 'transient',
  team_added_to_org: 'transient',
};

/** One call. Slack answers 200 also when it refuses: what counts is `ok`. */
export async function callSlack(
  api: SlackApi,
  method: string,
  body: Record<string, unknown> | URLSearchParams,
): Promise<SlackAnswer> {
  const isForm = body instanceof URLSearchParams;
  const response = await api.fetch(new URL(method, api.base), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${api.token}`,
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8',
    },
    body: isForm ? body.toString() : JSON.stringify(body),
    signal: api.signal,
  });
  const judged = judge(response.status, response.headers.get('retry-after'), api.now);
  if (!judged.ok) {
    await response.body?.cancel();
    return { result: judged, refusal: null, body: {} };
  }
  return answerOf(await response.text(), judged);
}

function answerOf(text: string, judged: DeliveryResult & { ok: true }): SlackAnswer {
  const parsed = answerSchema.safeParse(jsonOf(text));
  // Something else than Slack answered, such as a proxy: nothing is known to have been taken.
  if (!parsed.success) {
    return { result: { ok: false, errorClass: 'transient', status: judged.status }, refusal: null, body: {} };
  }
  const body = parsed.data;
  if (body.ok) return { result: judged, refusal: null, body };
  const refusal = body.error ?? 'unknown_error';
  const errorClass = classes[refusal] ?? 'rejected';
  return { result: { ok: false, errorClass, status: judged.status }, refusal, body };
}

const answerSchema = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Uploads a picture that only this app can see until a message of its own shows it.
 *
 * @param isAllowed whether the address that Slack names for the upload may be used
 * @returns the file's id, or null when any step fails
 * @see https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function uploadPicture(
  api: SlackApi,
  png: Buffer,
  alt: string,
  isAllowed: (url: URL) => boolean,
): Promise<string | null> {
  const form = new URLSearchParams({ filename: 'chart.png', length: String(png.length), alt_txt: alt });
  const place = uploadSchema.safeParse((await callSlack(api, 'files.getUploadURLExternal', form)).body);
  if (!place.success || !isAllowed(new URL(place.data.upload_url))) return null;
  const uploaded = await api.fetch(place.data.upload_url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: png,
    signal: api.signal,
  });
  await uploaded.body?.cancel();
  if (!uploaded.ok) return null;
  const files = [{ id: place.data.file_id, title: alt.slice(0, 200) }];
  const done = await callSlack(api, 'files.completeUploadExternal', { files });
  return done.result.ok ? place.data.file_id : null;
}
