import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PredictLine, ReplayLine } from '../../src/offtrack/protocol.ts';

export type Fold = 'train' | 'dev' | 'all';

/** What of the benchmark's own program is used here: its lines, its scores, its references. */
export type Benchmark = {
  loadData(folder: string, fold: Fold): Data;
  predictLines(data: Data): Iterable<PredictLine>;
  replayLines(data: Data): Iterable<ReplayLine>;
  scoreReplay(data: Data, answers: readonly unknown[]): Record<string, number>;
  BUILTIN: { pace(line: PredictLine): number };
};

type Data = {
  series: Map<string, { id: string; gran: string }>;
  krs: { id: string; series: string; hit: 0 | 1; final: number }[];
};

export async function loadBenchmark(folder: string): Promise<Benchmark> {
  // Its exports are what `Benchmark` says; it is plain JavaScript without types.
  return (await import(pathToFileURL(join(folder, 'score.mjs')).href)) as Benchmark;
}
