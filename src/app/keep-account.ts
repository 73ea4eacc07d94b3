import { sameTimeZone } from './account-notices.ts';
import type { AccountFacts, AccountRecord, Actor, ConnectionRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

/**
 * Keeps what a provider has said about the account of a connection. A zone that is no longer what it was is written down
 * for good: days that were stored before are cut another way than those to come.
 *
 * @param told null where the answers did not name it: what is known then stays
 */
export async function keepAccount(
  deps: Pick<Deps, 'audit' | 'clock' | 'sources'>,
  actor: Actor,
  connection: ConnectionRecord,
  told: AccountFacts,
): Promise<AccountRecord | null> {
  const { account: before } = connection;
  if (told.timeZone === null && told.currency === null) return before;
  const checkedAt = await deps.clock.now();
  const timeZone = told.timeZone ?? before?.timeZone ?? null;
  const currency = told.currency?.toUpperCase() ?? before?.currency ?? null;
  const from = before?.timeZone ?? null;
  const changed = from !== null && timeZone !== null && !sameTimeZone(from, timeZone);
  const zoneChanged = changed ? { from, at: checkedAt } : (before?.zoneChanged ?? null);
  await deps.sources.saveAccount(connection.id, { timeZone, currency, zoneChanged });
  if (changed) {
    await recordChange(deps, actor, 'account_zone_changed', 'connection', connection.id, {
      key: connection.key,
      from,
      to: timeZone,
    });
  }
  return { timeZone, currency, checkedAt, zoneChanged };
}
