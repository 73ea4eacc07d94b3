import type { Tx } from '../database.ts';

/** News after which an alert is over for its readers. */
const ENDS =
  '{key_result.recovered,key_result.achieved,key_result.data_back,connection.data_back,connection.working}';

/**
 * News in unsent messages whose alert has ended without a word: its promise was changed, somebody has checked in, or it
 * was too short to speak of. A message that was tried may have arrived, and goes only when nothing else is in it.
 */
const SILENTLY_OVER = `
SELECT n.id, n.outbox_id FROM outbox o
JOIN notice n ON n.outbox_id = o.id AND n.state = 'composed'
JOIN alert_told t ON t.alert_id = n.alert_id AND t.channel_id = n.channel_id AND t.state = 'over'
WHERE o.channel_id = $1 AND o.id = ANY($2) AND NOT EXISTS (
  SELECT 1 FROM notice e WHERE e.alert_id = n.alert_id AND e.channel_id = n.channel_id AND e.event = ANY('${ENDS}'))
AND (o.attempts = 0 OR NOT EXISTS (
  SELECT 1 FROM notice m LEFT JOIN alert_told mt ON mt.alert_id = m.alert_id AND mt.channel_id = m.channel_id
  WHERE m.outbox_id = o.id AND mt.state IS DISTINCT FROM 'over'))`;

/**
 * Takes back messages that say what has ended without a word. What else they say waits for a message again.
 *
 * @param unsent messages that this transaction holds, so that nobody sends them meanwhile
 * @returns those that were taken back
 */
export async function withdraw(tx: Tx, channelId: string, unsent: string[]): Promise<string[]> {
  if (unsent.length === 0) return [];
  const over = (await tx.query<{ id: string; outbox_id: string }>(SILENTLY_OVER, [channelId, unsent])).rows;
  if (over.length === 0) return [];
  const messages = [...new Set(over.map((row) => row.outbox_id))];
  await tx.query(`UPDATE notice SET state = 'dropped' WHERE id = ANY($1)`, [over.map(({ id }) => id)]);
  await tx.query(
    `UPDATE notice SET state = 'waiting', outbox_id = NULL WHERE outbox_id = ANY($1) AND state = 'composed'`,
    [messages],
  );
  await tx.query(`UPDATE outbox SET status = 'superseded' WHERE id = ANY($1)`, [messages]);
  return messages;
}
