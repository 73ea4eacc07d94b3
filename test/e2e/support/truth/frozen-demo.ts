import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxState } from '../../../../sandbox/index.ts';
import type { Board, KeyResultRow } from '../../../../src/api/contract.ts';
import type { DemoPlan } from '../../../../src/cli/demo/plan.ts';
import { type Demo, forgetDemo, sandboxState, startDemo } from '../../../../src/cli/demo/run-demo.ts';
import { fourGoals } from '../../../support/four-goals/index.ts';

/** A demo whose company stands still, so that nothing happens or is seen between a sync and a dump. */
export type FrozenDemo = {
  demo: Demo;
  statePath: string;
  board(): Promise<Board>;
  stop(): Promise<void>;
};

export async function startFrozenDemo(
  initial: Partial<SandboxState>,
  plan: DemoPlan = fourGoals,
): Promise<FrozenDemo> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-truth-'));
  chmodSync(dataDir, 0o711); // root hands PostgreSQL to another user, who has to pass
  const now = new Date();
  const remove = (): void => {
    forgetDemo(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  };
  const demo = await startDemo({
    dataDir,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'fatal' },
    port: null,
    say: () => {},
    signal: new AbortController().signal,
    sandbox: { initial, now: () => now },
    plan,
  }).catch((error: unknown) => {
    remove();
    throw error;
  });
  return {
    demo,
    statePath: sandboxState(dataDir),
    board: () => demo.client.call('getBoard', { query: {} }),
    async stop() {
      await demo.stop();
      remove();
    },
  };
}

export function rowsOf({ objectives }: Board): Map<string, KeyResultRow> {
  return new Map(objectives.flatMap((each) => each.keyResults).map((row) => [row.key, row]));
}
