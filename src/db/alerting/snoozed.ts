/** Whether a silence covers the alert `a` of the workspace now. */
export const SNOOZED = `EXISTS (
  SELECT 1 FROM snooze z LEFT JOIN key_result k ON k.id = a.key_result_id LEFT JOIN connection x ON x.id = a.connection_id
  WHERE z.workspace_id = a.workspace_id AND z.ended_at IS NULL AND z.until > app_now()
    AND (z.key_result_id IS NULL OR z.key_result_id = a.key_result_id)
    AND (z.objective_id IS NULL OR z.objective_id = k.objective_id)
    AND (z.connection_id IS NULL OR z.connection_id = a.connection_id)
    AND (z.owner_name IS NULL OR z.owner_name = COALESCE(k.owner_name, x.owner_name))
    AND (z.kind IS NULL OR z.kind = a.kind))`;

/** The same of the alert that the notice `n` is about: what it has to say goes on waiting. */
export const SNOOZED_NOTICE = `EXISTS (SELECT 1 FROM alert a WHERE a.id = n.alert_id AND ${SNOOZED})`;

/** Some of what the message of this alias says is silenced. */
export function saysSnoozed(message: string): string {
  return `EXISTS (
  SELECT 1 FROM notice n WHERE n.outbox_id = ${message}.id AND n.state = 'composed' AND ${SNOOZED_NOTICE})`;
}
