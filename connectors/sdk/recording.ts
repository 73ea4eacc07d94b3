import { z } from 'zod';
import type { DayWindow } from './types.ts';

/** What stands for a secret when a recording is played: text, or a key that can sign. */
export type SecretKind = 'text' | 'service_account' | 'rsa_key' | 'ec_key';

const day = z.iso.date();
const instant = z.iso.datetime();
const headersSchema = z.record(z.string(), z.string());

const exchangeSchema = z.object({
  request: z.object({ method: z.string(), url: z.url(), headers: headersSchema, body: z.string() }),
  response: z.object({
    status: z.int(),
    headers: headersSchema,
    body: z.string(),
    /** `base64` where the bytes are no text. */
    encoding: z.enum(['text', 'base64']),
  }),
});

const pointSchema = z.looseObject({ day, value: z.string().nullable() });

/** One reading at a provider, with every exchange that it took, and without a secret. */
export const recordingSchema = z.object({
  v: z.literal(1),
  about: z.string(),
  connector: z.string(),
  connectorVersion: z.string(),
  /** The instant that the connector was told to be now. */
  now: instant,
  endpoint: z.url().nullable(),
  /** The settings without their secrets. */
  config: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.enum(['text', 'service_account', 'rsa_key', 'ec_key'])),
  account: z.string(),
  metric: z.string(),
  params: z.unknown(),
  window: z.object({ startDay: day, endDay: day, timeZone: z.string(), startAt: instant, endAt: instant }),
  points: z.array(pointSchema),
  exchanges: z.array(exchangeSchema).min(1),
});

export type Recording = z.infer<typeof recordingSchema>;
export type RecordedExchange = Recording['exchanges'][number];

/** The file that a folder of a recording holds. */
export const RECORDING_FILE = 'recording.json';

/** @throws RecordingError saying which part of the text is not as a recording has it */
export function parseRecording(text: string): Recording {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RecordingError('The recording is not JSON. Record it again.');
  }
  const parsed = recordingSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = `/${(issue?.path ?? []).map(String).join('/')}`;
  throw new RecordingError(`The recording does not fit at ${where} (${issue?.message}). Record it again.`);
}

export function windowOfRecording({ window }: Recording): DayWindow {
  return { ...window, startAt: new Date(window.startAt), endAt: new Date(window.endAt) };
}

/** A recording that cannot be written, read or played; one sentence says why, and never repeats what was found. */
export class RecordingError extends Error {
  override name = 'RecordingError';
}
