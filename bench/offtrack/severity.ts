import { type Chance, chanceBefore } from '../../src/domain/chance.ts';
import { stepsBetween } from '../../src/domain/forecast/calendar.ts';
import { severityOf } from '../../src/domain/severity.ts';
import { createForecaster } from '../../src/forecast/create-forecaster.ts';
import { stepOf } from '../../src/offtrack/pose.ts';
import { type Followed, open, tick } from '../../src/offtrack/replay.ts';
import { usualConfig } from '../../src/offtrack/rule.ts';
import type { Benchmark } from './data.ts';

/** Of one Key Result whose alert burned: the share of its cycle that was left when each call was first made, or null. */
type Life = { missed: boolean; fired: number | null; hopeless: number | null; fallen: number | null };
type Call = (life: Life) => boolean;

/** The proposal that was measured and not kept. */
const FALL = 0.35;
const FALL_DAYS = 7;

/**
 * Of the fold `train`, how often alerts were right that were called critical, and those that were not. All Key Results of
 * days and weeks are replayed, not only the 106 of the alerts' own track, because falls are rare.
 */
export function severityReport(folder: string, benchmark: Benchmark): string[] {
  const lives = livesOf(folder, benchmark).filter(({ fired }) => fired !== null);
  const calls: [string, Call][] = [
    ['both below 0.10 (kept)', ({ hopeless }) => hopeless !== null],
    ['both below 0.10 on the day it fired', ({ fired, hopeless }) => hopeless === fired],
    ['both below 0.10 with a quarter of the cycle left', ({ hopeless }) => (hopeless ?? 0) >= 0.25],
    ['fallen by 0.35 within 7 days', ({ fallen }) => fallen !== null],
    ['fallen, and never below 0.10', ({ fallen, hopeless }) => fallen !== null && hopeless === null],
  ];
  const left = lives.flatMap(({ hopeless }) => hopeless ?? []).toSorted((a, b) => a - b);
  return [
    `all that fired: ${share(lives)}`,
    ...calls.map(([name, isCritical]) => {
      const rest = lives.filter((life) => !isCritical(life));
      return `${name}: critical ${share(lives.filter(isCritical))}, the others ${share(rest)}`;
    }),
    `share of the cycle left when first critical, median: ${(left[left.length >> 1] ?? 0).toFixed(2)}`,
  ];
}

function share(lives: readonly Life[]): string {
  const missed = lives.filter((life) => life.missed).length;
  const precision = lives.length === 0 ? '-' : (missed / lives.length).toFixed(3);
  return `${missed} of ${lives.length} missed (${precision})`;
}

function livesOf(folder: string, benchmark: Benchmark): Life[] {
  const data = benchmark.loadData(folder, 'train');
  const krs = data.krs
    .filter(({ series }) => ['D', 'W'].includes(data.series.get(series)?.gran ?? ''))
    .map((kr) => ({ ...kr, replay: true }));
  const outcomes = new Map(krs.map(({ hit, id }) => [id, hit]));
  const forecast = createForecaster();
  const lives: Life[] = [];
  let current: { followed: Followed; life: Life } | null = null;
  for (const line of benchmark.replayLines({ ...data, krs })) {
    if (line.op === 'open') {
      const life = { missed: outcomes.get(line.kr.id) === 0, fired: null, hopeless: null, fallen: null };
      current = { followed: open(line), life };
      lives.push(life);
    } else if (line.op === 'tick' && current !== null) {
      tick(current.followed, line, forecast, usualConfig(current.followed.gran));
      look(current.life, current.followed, line.as_of);
    }
  }
  return lives;
}

/** What is said while it burns counts: an alert that is over gets no worse. */
function look(life: Life, { alert, chance, gran, kr }: Followed, asOf: string): void {
  if ((alert.phase !== 'firing' && alert.phase !== 'recovering') || chance === null) return;
  const step = stepOf[gran];
  const left = stepsBetween(step, asOf, kr.deadline) / stepsBetween(step, kr.start, kr.deadline);
  life.fired ??= left;
  if (severityOf(chance) === 'critical') life.hopeless ??= left;
  if (hasFallen(chance)) life.fallen ??= left;
}

function hasFallen(chance: Chance): boolean {
  const before = chanceBefore(chance, FALL_DAYS);
  return before !== null && before - chance.smoothed >= FALL;
}
