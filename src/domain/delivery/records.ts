/** `completedPoints` as they stood when the sprint closed; what happens to an issue later does not move them. */
export type Sprint = {
  id: string;
  state: 'future' | 'active' | 'closed';
  completedAt: Date | null;
  completedPoints: number;
};
/** `features` are the ids of the features that a bug is linked to. */
export type Issue = {
  id: string;
  type: string;
  createdAt: Date;
  doneAt: Date | null;
  features: readonly string[];
};
/** `createdAt` is where the clock starts, whatever the owner chose: created, committed or started. */
export type WorkItem = { id: string; createdAt: Date; doneAt: Date | null };
export type Deployment = { startedAt: Date; finishedAt: Date | null; conclusion: string };
export type Release = { version: string; releasedAt: Date };
export type Bug = { id: string; createdAt: Date; affectedVersion: string | null };
