import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type DeliveryErrorClass, type Fetch, post } from './delivery.ts';
import { type MixpanelEvent, sendByClient } from './mixpanel-client.ts';

const number = z.number().nullable();

/**
 * One computed progress of a Key Result, as it lies in the outbox: clear text, no secret. Null is the absence of a
 * number, never 0. `revision` tells two computations of one day apart, and stays the same when one is sent again.
 */
export const progressMessageSchema = z.object({
  v: z.literal(1),
  type: z.literal('key_result.progress'),
  keyResult: z.object({ id: z.string().min(1), key: z.string(), title: z.string().max(4_000) }),
  asOfDay: z.iso.date(),
  revision: z.string().min(1),
  computedAt: z.iso.datetime(),
  value: number,
  target: number,
  /** Fractions of the way, unclamped. */
  progress: number,
  expected: number,
  status: z.string(),
  dataState: z.string(),
  sandbox: z.boolean(),
});
export type ProgressMessage = z.infer<typeof progressMessageSchema>;

export const mixpanelSettingsSchema = z.object({
  region: z.enum(['us', 'eu', 'in']).default('us'),
  projectId: z.int().positive(),
  serviceAccount: z.string().regex(/^[^:\s]+$/),
});
export const mixpanelSecretsSchema = z.object({ serviceAccountSecret: z.string().min(1) });
type Settings = z.infer<typeof mixpanelSettingsSchema>;
type Secrets = z.infer<typeof mixpanelSecretsSchema>;

export type SendProgressInput = {
  settings: Settings;
  secrets: Secrets;
  /** Another address than Mixpanel's own, such as the sandbox, or null. */
  endpoint: URL | null;
  message: ProgressMessage;
  fetch: Fetch;
  signal: AbortSignal;
  now: Date;
};

/** `permanent`: Mixpanel has judged, and the same message would be refused again. `detail` is fit for an owner. */
export type ProgressResult =
  | { ok: true; status: number }
  | {
      ok: false;
      errorClass: DeliveryErrorClass;
      status: number | null;
      afterMs?: number;
      permanent: boolean;
      detail: string;
    };

const HOSTS: Record<Settings['region'], string> = {
  us: 'api.mixpanel.com',
  eu: 'api-eu.mixpanel.com',
  in: 'api-in.mixpanel.com',
};
const EVENT = 'Key Result Progress';
const INSERT_ID_LENGTH = 36;
const DETAIL_LENGTH = 240;

/** Where the secret of this channel may be sent. */
export function mixpanelHosts(settings: Pick<Settings, 'region'>, endpoint: URL | null): string[] {
  return [endpoint === null ? HOSTS[settings.region] : endpoint.host];
}

/**
 * Writes one event into Mixpanel by its official client, in an attempt of at most 15 s. Sent again, it is the same event
 * with the same `$insert_id`, which Mixpanel counts once; so whatever was not confirmed may be sent again.
 *
 * @throws the reason of `signal` when that aborts: the attempt then counts for nothing
 */
export async function sendProgress(input: SendProgressInput): Promise<ProgressResult> {
  input.signal.throwIfAborted();
  let result: ProgressResult | null = null;
  const refusal = await sendByClient(progressEvent(input.message), async (events) => {
    result = await importEvents(input, events);
    return result.ok;
  });
  input.signal.throwIfAborted();
  const judged = result as ProgressResult | null; // it is assigned where the compiler does not look
  if (judged !== null && (!judged.ok || refusal === null)) return judged;
  const detail = `The client for Mixpanel sent nothing: ${refusal ?? 'no reason given'}`;
  return failure('transient', null, false, detail, input.secrets);
}

/** Takes events to Mixpanel, strictly checked, and reads out of its answer what it took: the client would not. */
async function importEvents(input: SendProgressInput, events: MixpanelEvent[]): Promise<ProgressResult> {
  const { endpoint, now, secrets, settings, signal } = input;
  let answer = '';
  const result = await post({
    url: importUrl(settings, endpoint),
    headers: {
      'content-type': 'application/json',
      authorization: basic(settings.serviceAccount, secrets.serviceAccountSecret),
    },
    body: JSON.stringify(events),
    signal,
    now,
    // Unlike other receivers Mixpanel says in the body what it took.
    fetch: async (url, init) => {
      const response = await input.fetch(url, init);
      answer = await response.text();
      return new Response(null, { status: response.status, headers: response.headers });
    },
  });
  const told = answerOf(answer);
  if (result.ok) return taken(result.status, told);
  const { errorClass, status, afterMs } = result;
  if (status === 400 && told !== null && told.failed_records.length > 0) {
    const insertId = String(events[0]?.properties['$insert_id']);
    const refused = refusalOf(told.failed_records, { index: 0, insertId });
    // Mixpanel takes what is valid and refuses the rest; what it does not name is in.
    if (refused === null) return { ok: true, status };
    return failure('rejected', status, true, `Mixpanel refused the event: ${refused}`, secrets);
  }
  const detail = told?.error ?? (status === null ? 'Mixpanel could not be reached' : `status ${status}`);
  return {
    ...failure(errorClass, status, errorClass === 'rejected', detail, secrets),
    ...(afterMs === undefined ? {} : { afterMs }),
  };
}

/** The event as Mixpanel keeps it. Numbers that do not exist are left out: a property that is null reads as a value. */
export function progressEvent(message: ProgressMessage): MixpanelEvent {
  const { keyResult, asOfDay, revision, computedAt, value, target, progress, expected } = message;
  const identity = JSON.stringify([keyResult.id, asOfDay, revision]);
  const numbers = Object.entries({ value, target, progress, expected });
  return {
    event: EVENT,
    properties: {
      time: Math.trunc(Date.parse(computedAt) / 1_000),
      distinct_id: keyResult.id,
      $insert_id: createHash('sha256').update(identity).digest('hex').slice(0, INSERT_ID_LENGTH),
      key: keyResult.key,
      title: keyResult.title,
      day: asOfDay,
      ...Object.fromEntries(numbers.filter(([, amount]) => amount !== null)),
      status: message.status,
      data_state: message.dataState,
      sandbox: message.sandbox,
    },
  };
}

function importUrl({ region, projectId }: Settings, endpoint: URL | null): URL {
  const base =
    endpoint === null ? `https://${HOSTS[region]}` : endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
  return new URL(`${base}/import?strict=1&project_id=${projectId}`);
}

function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}

/** The specification calls the id of a refused record `insert_id`, the guide `$insert_id`. */
const failedSchema = z.object({
  index: z.int().nullish(),
  $insert_id: z.string().nullish(),
  insert_id: z.string().nullish(),
  field: z.string().nullish(),
  message: z.string().nullish(),
});
const answerSchema = z.object({
  code: z.number().nullish(),
  error: z.string().nullish(),
  num_records_imported: z.int().nullish(),
  failed_records: z
    .array(failedSchema)
    .nullish()
    .transform((records) => records ?? []),
});
type ImportAnswer = z.infer<typeof answerSchema>;

function answerOf(text: string): ImportAnswer | null {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // a proxy's page: only its status counts
  }
}

/** A success that Mixpanel does not confirm is none: its own answer always says how many events it took. */
function taken(status: number, told: ImportAnswer | null): ProgressResult {
  if (told?.code === 200 && (told.num_records_imported ?? 0) > 0) return { ok: true, status };
  const detail = 'Mixpanel did not confirm that it took the event';
  return { ok: false, errorClass: 'transient', status, permanent: false, detail };
}

/** Why the record at this place, or of this id, was refused; null when it was not. */
export function refusalOf(
  failed: ImportAnswer['failed_records'],
  record: { index: number; insertId: string },
): string | null {
  const ours = failed.find(
    (each) => each.index === record.index || (each.$insert_id ?? each.insert_id) === record.insertId,
  );
  if (ours === undefined) return null;
  return (
    [ours.field, ours.message].filter((word) => typeof word === 'string').join(': ') || 'no reason given'
  );
}

function failure(
  errorClass: DeliveryErrorClass,
  status: number | null,
  permanent: boolean,
  said: string,
  { serviceAccountSecret }: Secrets,
): Extract<ProgressResult, { ok: false }> {
  // Answers are not expected to repeat the secret; what is shown to owners does not rely on it.
  const detail = said.replaceAll(serviceAccountSecret, '[redacted]').slice(0, DETAIL_LENGTH);
  return { ok: false, errorClass, status, permanent, detail };
}
