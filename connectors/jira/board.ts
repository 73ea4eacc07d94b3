import { createJiraClient, type JiraContext } from './client.ts';
import { settingError } from './errors.ts';
import { type Listed, walkOffsets } from './pages.ts';
import type { SprintParams } from './params.ts';
import { boardConfigurationSchema, sprintsSchema } from './schema.ts';

/** How a board estimates, and which statuses it shows in its last column: what is there is done. */
export type Board = { pointsField: string | null; doneStatuses: ReadonlySet<string> };
export type ClosedSprint = { id: number; name: string; startMs: number | null; completeMs: number };

/** @throws ConnectorError when the board estimates nothing and no field was named */
export async function boardOf(context: JiraContext, { board, pointsField }: SprintParams): Promise<Board> {
  const { columnConfig, estimation } = await context.shared(`jira-board:${board}`, () =>
    createJiraClient(context).get(
      `/rest/agile/1.0/board/${board}/configuration`,
      `board ${board}`,
      boardConfigurationSchema,
    ),
  );
  const doneStatuses = new Set((columnConfig.columns.at(-1)?.statuses ?? []).map(({ id }) => id));
  if (doneStatuses.size === 0) {
    const hint = 'Map the statuses that mean "done" to the last column in the settings of the board.';
    throw settingError('no_done_column', `The last column of board ${board} holds no status.`, hint);
  }
  if (pointsField !== undefined) return { pointsField, doneStatuses };
  if (estimation?.type === 'issueCount') return { pointsField: null, doneStatuses };
  const fieldId = estimation?.field?.fieldId;
  if (fieldId !== undefined) return { pointsField: fieldId, doneStatuses };
  const hint =
    'Choose an estimation statistic in the settings of the board, or name the field as pointsField.';
  throw settingError('no_estimate', `Board ${board} estimates nothing.`, hint);
}

/** Sprints that have closed, the newest first; of two that closed together, the one with the greater number. */
export function closedSprints(
  context: JiraContext,
  { board, otherBoards }: SprintParams,
): Promise<Listed<ClosedSprint>> {
  return context.shared(`jira-sprints:${board}:${otherBoards}`, async () => {
    const { completeness, items } = await walkOffsets({
      client: createJiraClient(context),
      signal: context.signal,
      path: `/rest/agile/1.0/board/${board}/sprint`,
      asked: `the sprints of board ${board}`,
      schema: sprintsSchema,
      params: { state: 'closed' },
      maxResults: 50,
      itemsOf: ({ values }) => values,
      keyOf: ({ id }) => String(id),
    });
    const closed = items.flatMap(
      ({ activatedDate, completeDate, id, name, originBoardId, startDate, state }) => {
        const isOwn =
          otherBoards || originBoardId === undefined || originBoardId === null || originBoardId === board;
        if (state !== 'closed' || !isOwn || completeDate === undefined || completeDate === null) return [];
        const startedAt = activatedDate ?? startDate ?? null;
        return [
          {
            id,
            name,
            startMs: startedAt === null ? null : Date.parse(startedAt),
            completeMs: Date.parse(completeDate),
          },
        ];
      },
    );
    const newestFirst = closed.toSorted((a, b) => b.completeMs - a.completeMs || b.id - a.id);
    return { items: newestFirst, completeness };
  });
}
