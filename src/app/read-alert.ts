import { findAlert } from './find-alerting.ts';
import type { Actor, AlertRecord, Deps } from './ports.ts';
import type { AlertStory } from './ports-alert-story.ts';

export type AlertWithStory = AlertStory & { alert: AlertRecord };

/** One alert with what each channel was told of it. */
export async function readAlert(
  deps: Pick<Deps, 'alerts'>,
  actor: Actor,
  id: string,
): Promise<AlertWithStory> {
  const alert = await findAlert(deps, actor, id);
  return { alert, ...(await deps.alerts.storyOf(alert.id)) };
}
