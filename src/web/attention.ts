import type { KeyResultRow } from '../api/contract.ts';

type StatusState = KeyResultRow['status']['state'];
type DataState = KeyResultRow['data']['state'];

/** Smaller needs somebody sooner. Data trouble outranks a quiet status: a number nobody can trust is news. */
const statusUrgency: Record<StatusState, number> = {
  off_track: 0,
  missed: 1,
  at_risk: 2,
  unknown: 3,
  too_early: 6,
  not_started: 7,
  on_track: 8,
  achieved: 9,
};
const dataUrgency: Record<DataState, number> = {
  failing: 3,
  stale: 4,
  none: 5,
  paused: 5,
  late: 6,
  fresh: 9,
};

/** Below this, a row says why in a sentence of its own. */
const NEEDS_SOMEBODY = 6;

export function needsAttention(row: KeyResultRow): boolean {
  return urgency(row) < NEEDS_SOMEBODY;
}

/** True when the sentence about the data says more than the one about the status. */
export function troubleIsData(row: KeyResultRow): boolean {
  return dataRank(row) < NEEDS_SOMEBODY && statusRank(row) >= statusUrgency.unknown;
}

/** What needs attention first comes first; equals keep the order of the board. */
export function byAttention<Row extends KeyResultRow>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => urgency(a) - urgency(b));
}

function urgency(row: KeyResultRow): number {
  return Math.min(statusRank(row), dataRank(row));
}

/** A state that a newer server invented counts as unknown. */
function statusRank(row: KeyResultRow): number {
  return statusUrgency[row.status.state] ?? statusUrgency.unknown;
}

function dataRank(row: KeyResultRow): number {
  return dataUrgency[row.data.state] ?? dataUrgency.stale;
}
