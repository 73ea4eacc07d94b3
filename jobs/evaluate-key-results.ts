import type { JobLog } from './define-job.ts';
import { type Loop, startLoop } from './loop.ts';

export type EvaluationDeps = {
  /** Key Results whose stored state is older than the given age, oldest first. */
  due(olderThanMs: number, limit: number): Promise<string[]>;
  evaluate(keyResultIds: string[]): Promise<void>;
};

const PAUSE_MS = 5_000;
const BATCH = 200;
/** Time alone turns fresh data late and a status too early into a verdict; nothing needs that to the minute. */
const OLDER_THAN_MS = 60_000;

/** Judges every Key Result again once a minute, also when no data came: time alone changes what is true of it. */
export function startEvaluator(deps: EvaluationDeps, log: JobLog): Loop {
  return startLoop('evaluate', PAUSE_MS, log, async () => {
    const due = await deps.due(OLDER_THAN_MS, BATCH);
    await deps.evaluate(due);
    return due.length === BATCH ? 'more' : 'idle';
  });
}
