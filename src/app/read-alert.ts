import { findAlert } from './find-alerting.ts';
import type { Actor, AlertRecord, Deps, KeyResultRecord } from './ports.ts';
import type { AlertStory } from './ports-alert-story.ts';

export type AlertWithStory = AlertStory & {
  alert: AlertRecord;
  /** What its numbers count; null for an alert about a connection. */
  measure: Pick<KeyResultRecord, 'unit' | 'currency'> | null;
};

/** One alert with what each channel was told of it. */
export async function readAlert(
  deps: Pick<Deps, 'alerts' | 'plan'>,
  actor: Actor,
  id: string,
): Promise<AlertWithStory> {
  const alert = await findAlert(deps, actor, id);
  const story = await deps.alerts.storyOf(alert.id);
  return { alert, measure: await measureOf(deps, actor, alert), ...story };
}

async function measureOf(
  deps: Pick<Deps, 'plan'>,
  actor: Actor,
  { keyResultId }: AlertRecord,
): Promise<AlertWithStory['measure']> {
  // An archived one is not found, and its alerts are kept.
  return keyResultId === null ? null : deps.plan.findKeyResult(actor.workspace.id, keyResultId);
}
