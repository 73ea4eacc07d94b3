import { AppError, invalidField } from './errors.ts';
import type { Actor, Deps } from './ports.ts';
import type { ExportBatch } from './ports-resources.ts';
import { recordChange } from './record-change.ts';

/** So many at once in this process: each holds a connection of the database for as long as it is read. */
const AT_ONCE = 2;
let running = 0;

/**
 * Everything that the workspace has, as of one moment, in batches. Who takes it along is written down.
 *
 * @param types absent: all of them
 * @throws AppError for a type that there is not, and while too many others are under way
 */
export async function exportWorkspace(
  deps: Deps,
  actor: Actor,
  types: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<AsyncIterable<ExportBatch>> {
  const known = deps.resources.exportTypes;
  const unknown = types?.find((type) => !known.includes(type));
  if (unknown !== undefined) {
    const detail = `There is no type "${unknown}" to export.`;
    throw invalidField('/type', 'unknown_type', detail, `Name some of: ${known.join(', ')}.`);
  }
  if (running >= AT_ONCE) {
    throw new AppError(
      'rate_limited',
      'export_busy',
      `${AT_ONCE} exports are under way already.`,
      'Try again when one of them is done.',
      { retryable: true, retryAfterSeconds: 10 },
    );
  }
  const leave = takePlace(signal);
  try {
    const wanted = known.filter((type) => types === undefined || types.includes(type));
    await recordChange(deps, actor, 'export', 'workspace', actor.workspace.id, { types: types ?? 'all' });
    return counted(deps.resources.export(actor.workspace.id, wanted, signal), leave);
  } catch (error) {
    leave();
    throw error;
  }
}

/** Taken before anything is waited for. Who goes away before the first batch gives it back by the signal. */
function takePlace(signal: AbortSignal): () => void {
  let held = true;
  running += 1;
  const leave = () => {
    if (held) running -= 1;
    held = false;
  };
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  return leave;
}

async function* counted(batches: AsyncIterable<ExportBatch>, leave: () => void): AsyncGenerator<ExportBatch> {
  try {
    yield* batches;
  } finally {
    leave();
  }
}
