import { readDrafts } from '../../app/import-text.ts';
import { measureKeyResult } from '../../app/measure-key-result.ts';
import { saveDrafts } from '../../app/save-drafts.ts';
import type { Operations } from '../call.ts';
import type { importRoutes } from '../contracts/import.ts';
import { noticesView } from '../notices.ts';
import { rowOf } from '../rows.ts';
import { draftsView, importedView, metricNamed } from '../views-import.ts';

export const importOperations: Pick<Operations, keyof typeof importRoutes> = {
  readTextDrafts: async ({ deps, actor, body }) => draftsView(await readDrafts(deps, actor, body)),
  importText: async ({ deps, actor, body }) => {
    const saved = await saveDrafts(deps, actor, body);
    return importedView(saved, await deps.sources.listConnections(actor.workspace.id), deps);
  },
  measureKeyResult: async ({ deps, actor, params, body }) => {
    const measured = await measureKeyResult(deps, actor, params.id, body);
    const { created, keyResult, metric, sameWindow, warnings } = measured;
    return {
      keyResult: await rowOf(deps, actor, keyResult),
      metric: metricNamed(metric),
      created,
      sameWindow,
      warnings: noticesView(warnings),
    };
  },
};
