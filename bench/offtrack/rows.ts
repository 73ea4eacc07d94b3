import type { Combination, MemberDraws, MemberName } from '../../src/domain/forecast/combine.ts';
import {
  combinedQuantiles,
  heldLogit,
  memberChance,
  memberNames,
  trusted,
} from '../../src/domain/forecast/combine.ts';
import { decidedOutcome } from '../../src/domain/forecast/decided.ts';
import { drawsAt } from '../../src/domain/forecast/fan.ts';
import { membersOf } from '../../src/domain/forecast/members.ts';
import { prepare } from '../../src/domain/forecast/prepare.ts';
import { intervalsOf } from '../../src/forecast/create-forecaster.ts';
import { questionOf } from '../../src/offtrack/pose.ts';
import type { Benchmark, Fold } from './data.ts';

/** One forecast of the benchmark with its outcome. */
export type Row = {
  series: string;
  hit: 0 | 1;
  final: number;
  /** What the pace rule says, through the benchmark's own logistic. */
  pace: number;
  /** Null where the outcome is decided already: then nothing is fitted. */
  draws: MemberDraws | null;
  observations: number;
  ahead: number;
  /** The chance that each member sees by itself. */
  members: Record<MemberName, number>;
};

/** The forecasts of every member for each line of the predict track. */
export function rowsOf(benchmark: Benchmark, folder: string, fold: Fold): Row[] {
  const data = benchmark.loadData(folder, fold);
  const outcomes = new Map(data.krs.map((kr) => [kr.id, kr]));
  const rows: Row[] = [];
  for (const line of benchmark.predictLines(data)) {
    const kr = outcomes.get(line.kr.id);
    if (kr === undefined) continue;
    const question = questionOf(line);
    const { final, hit, series } = kr;
    const decided = decidedOutcome(question);
    const prepared = prepare(question);
    const members = membersOf(question, prepared, intervalsOf);
    const draws = drawsAt(question, prepared, members, question.remainingSteps);
    const chance = (name: MemberName): number =>
      decided === null ? memberChance(draws[name], question.hit) : decided === 'hit' ? 1 : 0;
    rows.push({
      series,
      hit,
      final,
      pace: benchmark.BUILTIN.pace(line),
      draws: decided === null ? draws : null,
      observations: prepared.observations,
      ahead: question.remainingSteps,
      members: {
        mstl_ets: chance('mstl_ets'),
        analogs: chance('analogs'),
        last_year: chance('last_year'),
        smoothing: chance('smoothing'),
      },
    });
  }
  return rows;
}

/** The chance of a row under a combination, from what its members said. */
export function chanceBy(row: Row, by: Combination): number {
  if (row.draws === null) return row.members.mstl_ets;
  const { held, weights } = trusted(by, row.observations, row.ahead);
  let sum = 0;
  for (const name of memberNames) sum += weights[name] * heldLogit(row.members[name], held);
  return 1 / (1 + Math.exp(-sum));
}

/** Whether the final value fell into the interval that a combination gave; null where it was decided. */
export function isCovered(row: Row, by: Combination): boolean | null {
  if (row.draws === null) return null;
  const { p10, p90 } = combinedQuantiles(row.draws, trusted(by, row.observations, row.ahead));
  return row.final >= p10 && row.final <= p90;
}
