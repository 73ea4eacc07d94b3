import { Decimal } from 'decimal.js';
import type { Board, ClosedSprint } from './board.ts';
import type { History } from './schema.ts';

/** An issue of a sprint as it is today, with everything that happened to it. `points` is a number as text. */
export type SprintIssue = {
  isSubtask: boolean;
  createdMs: number;
  status: string;
  points: string | null;
  histories: readonly History[];
};

/**
 * What an issue brought to a sprint: its estimate, when it was done in the moment in which the sprint closed, and became so
 * after the sprint had begun. Today's values are taken back, change by change, to that moment, so that nothing that
 * happens to an issue later moves a sprint that is over.
 */
export function completedPoints(issue: SprintIssue, sprint: ClosedSprint, board: Board): Decimal {
  const nothing = new Decimal(0);
  if (issue.isSubtask || issue.createdMs > sprint.completeMs) return nothing;
  const then = stateAt(issue, sprint, board);
  if (!then.isMember || !board.doneStatuses.has(then.status)) return nothing;
  const doneMs = doneSince(issue, sprint.completeMs, board);
  // Done before the sprint began: completed outside of it, as Jira's own report says.
  if (sprint.startMs !== null && doneMs < sprint.startMs) return nothing;
  return board.pointsField === null ? new Decimal(1) : new Decimal(then.points ?? 0);
}

type State = { status: string; points: string | null; isMember: boolean };

function stateAt(issue: SprintIssue, sprint: ClosedSprint, { pointsField }: Board): State {
  const state: State = { status: issue.status, points: issue.points, isMember: true };
  const later = issue.histories
    .filter(({ created }) => Date.parse(created) > sprint.completeMs)
    .toSorted((a, b) => Date.parse(b.created) - Date.parse(a.created) || Number(b.id) - Number(a.id));
  for (const { items } of later) {
    for (const { field, fieldId, from, fromString } of items) {
      if (fieldId === 'status') state.status = from ?? state.status;
      else if (pointsField !== null && fieldId === pointsField) state.points = numberText(fromString ?? from);
      // `from` lists the numbers of the sprints that the issue was in.
      else if (field === 'Sprint') state.isMember = sprintIds(from).includes(String(sprint.id));
    }
  }
  return state;
}

/** When an issue that was done at an instant had become so; its creation, where it was from the beginning. */
function doneSince({ createdMs, histories }: SprintIssue, atMs: number, { doneStatuses }: Board): number {
  return histories
    .filter(({ created }) => Date.parse(created) <= atMs)
    .flatMap(({ created, items }) =>
      items
        .filter(
          ({ fieldId, from, to }) =>
            fieldId === 'status' && isIn(doneStatuses, to) && !isIn(doneStatuses, from),
        )
        .map(() => Date.parse(created)),
    )
    .reduce((latest, ms) => Math.max(latest, ms), createdMs);
}

const isIn = (statuses: ReadonlySet<string>, status: string | null | undefined): boolean =>
  status !== null && status !== undefined && statuses.has(status);

const sprintIds = (text: string | null | undefined): string[] =>
  (text ?? '').split(',').map((id) => id.trim());

function numberText(text: string | null | undefined): string | null {
  const trimmed = (text ?? '').trim();
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? trimmed : null;
}
