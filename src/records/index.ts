export {
  MAX_PROBLEMS,
  type ReadRows,
  type RowFormat,
  type RowLimits,
  type RowOf,
  type RowOptions,
  readRows,
  type UploadKind,
} from './read-rows.ts';
export {
  type ParsedRecordSets,
  parseRecordSets,
  type RecordProblem,
  recordSetsSchema,
} from './record-sets.ts';
export { type RecordKind, rowKinds } from './row-kinds.ts';
export type { RowProblem } from './split-rows.ts';
export type { ValueRow } from './value-rows.ts';
