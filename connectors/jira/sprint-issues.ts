import { Decimal } from 'decimal.js';
import type { Completeness } from '../sdk/index.ts';
import { mergeCompleteness } from '../sdk/index.ts';
import type { Board, ClosedSprint } from './board.ts';
import { createJiraClient, type JiraContext } from './client.ts';
import { badAnswer } from './errors.ts';
import { walkOffsets } from './pages.ts';
import { changelogSchema, type History, sprintIssuesSchema } from './schema.ts';
import { completedPoints, type SprintIssue } from './velocity.ts';

export type SprintFigure = { sprint: ClosedSprint; points: Decimal; completeness: Completeness };

/** What was completed in a sprint, as its issues stood in the moment when it closed. */
export function figureOf(context: JiraContext, board: Board, sprint: ClosedSprint): Promise<SprintFigure> {
  return context.shared(`jira-sprint:${sprint.id}:${board.pointsField}`, async () => {
    const client = createJiraClient(context);
    const { pointsField } = board;
    const asked = `the issues of sprint ${sprint.id}`;
    const { completeness, items } = await walkOffsets({
      client,
      signal: context.signal,
      path: `/rest/agile/1.0/sprint/${sprint.id}/issue`,
      asked,
      schema: sprintIssuesSchema,
      params: {
        fields: ['created', 'issuetype', 'status', ...(pointsField === null ? [] : [pointsField])].join(','),
        expand: 'changelog',
      },
      maxResults: 50,
      itemsOf: ({ issues }) => issues,
      keyOf: ({ id }) => id,
    });
    const proofs = [completeness];
    let points = new Decimal(0);
    for (const { changelog, fields, id } of items) {
      let histories: History[] = changelog.histories;
      if (histories.length < changelog.total) {
        const whole = await walkOffsets({
          client,
          signal: context.signal,
          path: `/rest/api/3/issue/${id}/changelog`,
          asked: `the history of an issue of sprint ${sprint.id}`,
          schema: changelogSchema,
          maxResults: 100,
          itemsOf: ({ values }) => values,
          keyOf: (history) => history.id,
        });
        histories = whole.items;
        proofs.push({ ...whole.completeness, items: 0 });
      }
      const issue: SprintIssue = {
        isSubtask: fields.issuetype.subtask,
        createdMs: Date.parse(fields.created),
        status: fields.status.id,
        points: pointsField === null ? null : numberOf(fields[pointsField], pointsField),
        histories,
      };
      points = points.plus(completedPoints(issue, sprint, board));
    }
    return { sprint, points, completeness: mergeCompleteness(...proofs) };
  });
}

/** An estimate that was not made is nothing; a field that holds something else is the wrong field. */
function numberOf(value: unknown, field: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw badAnswer('estimate_no_number', `holds something other than numbers in the field ${field}`);
}
