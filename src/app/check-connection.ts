import { connectionNotices, type Notice } from './account-notices.ts';
import { AppError } from './errors.ts';
import { findConnection } from './find.ts';
import { keepAccount } from './keep-account.ts';
import type { AccountFacts, Actor, ConnectionRecord, Deps, ExchangeRecord, ReadFailure } from './ports.ts';

export type ConnectionCheck = AccountFacts & {
  account: string;
  livemode: boolean | null;
  warnings: string[];
  /** How the account's days differ from the workspace's, and whether they have changed. */
  notices: Notice[];
  exchanges: ExchangeRecord[];
};

/** One cheap authenticated call; what it says about the account is kept. @throws AppError that says what the owner has to do */
export async function checkConnection(
  deps: Deps,
  actor: Actor,
  key: string,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const connection = await findConnection(deps, actor, key);
  const checked = await deps.connectors.check(connection, signal);
  if (!checked.ok) throw sourceFailed(connection, checked.failure);
  const { account, livemode, warnings, timeZone = null, currency = null, exchanges } = checked;
  const kept = await keepAccount(deps, actor, connection, { timeZone, currency });
  const notices = connectionNotices({ account: kept }, actor.workspace, await deps.clock.now());
  return { account, livemode, warnings, timeZone, currency, notices, exchanges };
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
