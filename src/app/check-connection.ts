import { AppError } from './errors.ts';
import { findConnection } from './find.ts';
import type { Actor, ConnectionRecord, Deps, ExchangeRecord, ReadFailure } from './ports.ts';

export type ConnectionCheck = {
  account: string;
  livemode: boolean | null;
  warnings: string[];
  exchanges: ExchangeRecord[];
};

/** One cheap authenticated call. @throws AppError that says what the owner has to do */
export async function checkConnection(
  deps: Deps,
  actor: Actor,
  key: string,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const connection = await findConnection(deps, actor, key);
  const checked = await deps.connectors.check(connection, signal);
  if (!checked.ok) throw sourceFailed(connection, checked.failure);
  const { account, livemode, warnings, exchanges } = checked;
  return { account, livemode, warnings, exchanges };
}

/** A message ends with what to do, for those who see nothing else; here that is said apart. */
function withoutHint({ message, hint }: ReadFailure): string {
  if (hint === null || !message.endsWith(hint) || message === hint) return message;
  return message.slice(0, -hint.length).trimEnd();
}

/** What a provider's refusal is to the person who asked. */
export function sourceFailed(connection: ConnectionRecord, failure: ReadFailure): AppError {
  const fix =
    failure.hint ??
    (failure.errorClass === 'schema_drift'
      ? 'The answer was not what the provider documents; report it with the request id.'
      : 'Nothing has to be done: try again in a while.');
  // A cut-off or foreign answer, as of a sign-in page on the way, may be whole the next time.
  const retryable = ['transient', 'rate_limited', 'bad_payload'].includes(failure.errorClass);
  return new AppError(
    'source_failed',
    `source_${failure.errorClass}`,
    `${connection.title}: ${withoutHint(failure)}`,
    fix,
    {
      retryable,
    },
  );
}
