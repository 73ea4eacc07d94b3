export { checkMigration, restoreDatabase, type SavedDatabase } from './load.ts';
export type { Settled } from './settle.ts';
export {
  openSnapshot,
  type SavedFacts,
  type SavedFile,
  type SavedSequence,
  type SavedTable,
  type Snapshot,
} from './snapshot.ts';
