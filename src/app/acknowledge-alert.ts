import { AppError } from './errors.ts';
import { findAlert } from './find-alerting.ts';
import type { Acknowledgement, Actor, AlertRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

type Needs = Pick<Deps, 'alerts' | 'audit' | 'clock'>;

/**
 * Somebody takes care of it: it is not repeated until it gets worse, or ends and begins anew. Saying so again replaces
 * who, when and note.
 *
 * @throws AppError for an alert that has not fired or is over: there is nothing to take care of
 */
export async function acknowledgeAlert(
  deps: Needs,
  actor: Actor,
  id: string,
  note: string,
): Promise<AlertRecord> {
  const alert = await findAlert(deps, actor, id);
  refuseUnlessFiring(alert);
  const at = (await deps.clock.now()).toISOString();
  const acknowledged: Acknowledgement = { severity: alert.severity, by: actor.name, at, note };
  await deps.alerts.acknowledge(alert.id, acknowledged);
  await recordChange(deps, actor, 'acknowledge', 'alert', alert.id, { severity: alert.severity, note });
  return { ...alert, acknowledged };
}

/** Takes the acknowledgement back: from then on it is repeated as before. */
export async function withdrawAcknowledgement(deps: Needs, actor: Actor, id: string): Promise<AlertRecord> {
  const alert = await findAlert(deps, actor, id);
  if (alert.acknowledged === null) {
    throw new AppError(
      'conflict',
      'not_acknowledged',
      `Nobody has acknowledged the alert "${alert.id}" on ${subjectOf(alert)}.`,
      `Look at it with \`tidemark alert show ${alert.id}\`.`,
    );
  }
  await deps.alerts.acknowledge(alert.id, null);
  await recordChange(deps, actor, 'withdraw_acknowledgement', 'alert', alert.id, {
    by: alert.acknowledged.by,
    note: alert.acknowledged.note,
  });
  return { ...alert, acknowledged: null };
}

function refuseUnlessFiring(alert: AlertRecord): void {
  if (alert.state === 'firing') return;
  const [code, why, fix] =
    alert.state === 'pending'
      ? (['not_fired', 'has not fired: nobody was told of it yet', 'Wait for it, or snooze it'] as const)
      : (['alert_over', `is ${alert.state}`, 'List what burns with `tidemark alert list --open`'] as const);
  throw new AppError(
    'conflict',
    code,
    `The alert "${alert.id}" on ${subjectOf(alert)} ${why}, so there is nothing to take care of.`,
    `${fix}.`,
  );
}

function subjectOf({ connectionKey, keyResultKey, title }: AlertRecord): string {
  return keyResultKey ?? connectionKey ?? title;
}
