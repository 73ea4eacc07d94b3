import type { ResourceStore } from '../../app/ports-resources.ts';
import type { Database } from '../database.ts';
import { createArchive } from './archive.ts';
import { createChanges } from './changes.ts';
import { createEvidence } from './evidence.ts';
import { exportRows } from './export.ts';
import { exportTypes } from './export-types.ts';
import { createInitiatives } from './initiatives.ts';

export function createResourceStore(database: Database): ResourceStore {
  return {
    ...createArchive(database),
    ...createChanges(database),
    ...createInitiatives(database),
    ...createEvidence(database),
    exportTypes: Object.keys(exportTypes),
    export: (workspaceId, types, signal) => exportRows(database.pool, workspaceId, types, signal),
  };
}
