import type { Composition } from '../../app/ports-alerting.ts';
import type { Tx } from '../database.ts';
import { SNOOZED } from './snoozed.ts';

/** News of several alerts; nothing else lies in the outbox that a silence could cover. */
type Told = Extract<Composition['messages'][number]['news'], { type: 'digest' | 'news' }>;
type Message = { id: string; payload: Told; alertIds: string[] };

/**
 * Takes what is silenced by now out of unsent messages. It waits for the end of the silence: what still burns then is
 * told, and what is over by then was never heard of. What else a message says stays in it.
 *
 * @param unsent messages that this transaction holds, so that nobody sends them meanwhile
 * @returns those of which nothing is left
 */
export async function setAsideSnoozed(tx: Tx, unsent: string[]): Promise<string[]> {
  if (unsent.length === 0) return [];
  const messages = (await tx.query<Message>(MESSAGES, [unsent])).rows;
  const alertIds = new Set(messages.flatMap((message) => [...message.alertIds, ...namedIn(message.payload)]));
  const snoozed = new Set(
    (
      await tx.query<{ id: string }>(`SELECT a.id FROM alert a WHERE a.id = ANY($1) AND ${SNOOZED}`, [
        [...alertIds],
      ])
    ).rows.map(({ id }) => id),
  );
  const emptied: string[] = [];
  for (const message of messages) {
    const silent = [...message.alertIds, ...namedIn(message.payload)].filter((id) => snoozed.has(id));
    if (silent.length === 0) continue;
    if (!(await cut(tx, message, snoozed))) emptied.push(message.id);
  }
  return emptied;
}

/** @returns whether something is left of the message */
async function cut(
  tx: Tx,
  { alertIds, id, payload }: Message,
  snoozed: ReadonlySet<string>,
): Promise<boolean> {
  const named = new Set(namedIn(payload));
  const left = without(
    payload,
    snoozed,
    alertIds.filter((alert) => snoozed.has(alert) && !named.has(alert)).length,
  );
  await tx.query(
    `UPDATE notice SET state = 'waiting', outbox_id = NULL
     WHERE outbox_id = $1 AND state = 'composed' AND ($2::text[] IS NULL OR alert_id = ANY($2))`,
    [id, left === null ? null : [...snoozed]],
  );
  await tx.query(
    left === null
      ? `UPDATE outbox SET status = 'superseded' WHERE id = $1`
      : 'UPDATE outbox SET payload = $2 WHERE id = $1',
    left === null ? [id] : [id, JSON.stringify(left)],
  );
  return left !== null;
}

/**
 * The message without these alerts; null when it names nothing any more.
 *
 * @param uncounted how many of them it merely counts among those that it has no room for
 */
function without(payload: Told, snoozed: ReadonlySet<string>, uncounted: number): Told | null {
  const heard = <Item extends { alertId: string | null }>(items: Item[]): Item[] =>
    items.filter(({ alertId }) => alertId === null || !snoozed.has(alertId));
  if (payload.type === 'news') {
    const items = heard(payload.items);
    return items.length === 0 ? null : { ...payload, items, more: Math.max(0, payload.more - uncounted) };
  }
  const sections = payload.sections
    .map((section) => ({ ...section, items: heard(section.items) }))
    .filter(({ items }) => items.length > 0);
  return sections.length === 0 ? null : { ...payload, sections };
}

function namedIn(payload: Told): string[] {
  const items =
    payload.type === 'news' ? payload.items : payload.sections.flatMap((section) => section.items);
  return items.flatMap(({ alertId }) => alertId ?? []);
}

const MESSAGES = `
SELECT o.id::text, o.payload,
  ARRAY(SELECT DISTINCT n.alert_id FROM notice n WHERE n.outbox_id = o.id AND n.state = 'composed') AS "alertIds"
FROM outbox o WHERE o.id = ANY($1) AND o.payload->>'v' = '2' AND o.payload->>'type' IN ('news', 'digest') ORDER BY o.id`;
