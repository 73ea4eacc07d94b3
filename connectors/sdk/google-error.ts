import { z } from 'zod';
import { afterTime, ConnectorError } from './error.ts';

/** An error answer of a Google API, as far as it is of use. `reason` is the narrowest name that it gives. */
export type GoogleRefusal = { message: string; status: string; reason: string };

const errorSchema = z.object({
  error: z.object({
    message: z.string().default(''),
    status: z.string().default(''),
    errors: z.array(z.object({ reason: z.string().default('') })).default([]),
    details: z.array(z.object({ reason: z.string().default('') })).default([]),
  }),
});

export function googleRefusal(body: unknown): GoogleRefusal | null {
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return null;
  const { details, errors, message, status } = parsed.data.error;
  const named = [...details, ...errors].map(({ reason }) => reason).find((reason) => reason !== '');
  return { message, status, reason: named ?? '' };
}

/** How long Google asks to wait where it names nothing: its quotas are by the minute. */
export const GOOGLE_PAUSE_MS = 60_000;

/** A limit by the minute, filled up again when the minute is over. */
export function googleLimitError(provider: string, code: string, waitMs: number | null): ConnectorError {
  const message = `${provider} asks to slow down (${code}). It is read again when there is room.`;
  return new ConnectorError(message, {
    errorClass: 'rate_limited',
    code,
    remedy: afterTime(waitMs ?? GOOGLE_PAUSE_MS),
  });
}
