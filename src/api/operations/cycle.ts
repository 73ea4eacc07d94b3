import { carryOver } from '../../app/carry-over.ts';
import { closeCycle } from '../../app/close-cycle.ts';
import { notFound } from '../../app/errors.ts';
import { findCycle } from '../../app/find.ts';
import { readHints } from '../../app/read-hints.ts';
import { readObjective } from '../../app/read-objective.ts';
import { updateObjective } from '../../app/update-objective.ts';
import { type Operations, page } from '../call.ts';
import type { cycleRoutes } from '../contracts/cycle.ts';
import * as views from '../views.ts';
import { hintView, objectiveDetailView, scorecardView } from '../views-cycle.ts';

export const cycleOperations: Pick<Operations, keyof typeof cycleRoutes> = {
  getCycle: async ({ deps, actor, params }) =>
    views.cycleView(await findCycle(deps, actor, params.id), await deps.clock.now()),
  closeCycle: async ({ deps, actor, params, body }) => {
    const cycle = await findCycle(deps, actor, params.id);
    return scorecardView(cycle, await closeCycle(deps, actor, { cycle: cycle.id, ...body }));
  },
  getScorecard: async ({ deps, actor, params }) => {
    const cycle = await findCycle(deps, actor, params.id);
    const scorecard = await deps.scorecards.find(cycle.id);
    if (scorecard !== null) return scorecardView(cycle, scorecard);
    throw notFound('scorecard of', cycle.key, `Close the cycle first: tidemark cycle close ${cycle.key}`);
  },
  carryOver: async ({ deps, actor, params, body }) => {
    const request = { from: params.id, to: body.to, keyResults: body.keyResults ?? null };
    const { carried, left } = await carryOver(deps, actor, request);
    return {
      carried: carried.map(({ from, keyResult: { key, id, goal } }) => ({ from, key, id, goal })),
      left,
    };
  },
  listHints: async ({ deps, actor, params }) => page((await readHints(deps, actor, params.id)).map(hintView)),
  getObjective: async ({ deps, actor, params }) =>
    objectiveDetailView(await readObjective(deps, actor, params.id)),
  updateObjective: async ({ deps, actor, params, body }) =>
    views.objectiveView(await updateObjective(deps, actor, params.id, body)),
};
