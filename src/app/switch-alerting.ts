import { notFound } from './errors.ts';
import type { Actor, AlertRuleRecord, ChannelRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

/** Switches one rule off, or on again. Without a rule nothing fires. */
export async function switchAlertRule(
  deps: Deps,
  actor: Actor,
  id: string,
  enabled: boolean,
): Promise<AlertRuleRecord> {
  const rule = await deps.alerts.switchRule(actor.workspace.id, id, enabled);
  if (rule === null) throw notFound('alert rule', id, 'List the rules with `tidemark rule list`.');
  await recordChange(deps, actor, enabled ? 'switch_on' : 'switch_off', 'alert_rule', rule.id, {});
  return rule;
}

/** Switches one channel off, or on again: while it is off nothing is written for it or sent to it. */
export async function switchChannel(
  deps: Pick<Deps, 'alerts' | 'audit'>,
  actor: Actor,
  key: string,
  enabled: boolean,
): Promise<ChannelRecord> {
  const reason = enabled ? null : `switched off by ${actor.name}`;
  const channel = await deps.alerts.switchChannel(actor.workspace.id, key, enabled, reason);
  if (channel === null) throw notFound('channel', key, 'List the channels with `tidemark channel list`.');
  await recordChange(deps, actor, enabled ? 'switch_on' : 'switch_off', 'channel', channel.id, {});
  return channel;
}
