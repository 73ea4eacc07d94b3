import { AppError } from '../app/errors.ts';
import type { ConnectionRecord } from '../app/ports.ts';
import type { HttpStore } from '../app/ports-http.ts';

/** Syncs that people ask for themselves cost the provider's quota: so many an hour for each connection. */
export async function admitSync(
  http: HttpStore,
  connection: ConnectionRecord,
  perHour: number,
): Promise<void> {
  const { asked, freeInSeconds } = await http.syncsAsked(connection.id);
  if (asked < perHour) return;
  throw new AppError(
    'rate_limited',
    'rate_limited',
    `A sync of "${connection.key}" was asked for ${asked} times within the hour, and ${perHour} are done.`,
    `Wait ${Math.ceil(freeInSeconds / 60)} min; its schedule goes on meanwhile.`,
    { retryable: true, retryAfterSeconds: freeInSeconds },
  );
}
