import { type Hint, hintsFor } from '../domain/hints.ts';
import { findCycle } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';

/** What could make the objectives of a cycle better. */
export async function readHints(deps: Deps, actor: Actor, cycleKey: string): Promise<Hint[]> {
  const cycle = await findCycle(deps, actor, cycleKey);
  const objectives = await deps.plan.listObjectives(actor.workspace.id, cycle.id);
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id, cycle.id);
  const metrics = new Map(
    (await deps.sources.listMetrics(actor.workspace.id)).map((each) => [each.versionId, each]),
  );
  const automatic = ({ metricVersionId }: KeyResultRecord): boolean => {
    const source = metrics.get(metricVersionId ?? '')?.source;
    return source !== undefined && source !== 'check_in';
  };
  return hintsFor(
    objectives.map(({ id, key, title, titles, stage, phase }) => ({
      key,
      title,
      titles,
      stage,
      phase,
      keyResults: keyResults
        .filter((each) => each.objectiveId === id)
        .map((each) => ({
          key: each.key,
          title: each.title,
          titles: each.titles,
          goal: each.goal,
          stage: each.definition?.stage ?? null,
          automatic: automatic(each),
        })),
    })),
  );
}
