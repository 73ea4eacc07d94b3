import type { DataState } from './data-state.ts';
import type { Status } from './status.ts';

/** As much of how a Key Result stands as can be held against another moment. */
export type Standing = {
  /** The last day that the status speaks for. */
  asOfDay: string | null;
  status: Status;
  /** Null where it was not kept, so long ago. */
  dataState: DataState | null;
  currentValue: number | null;
  targetValue: number | null;
  progress: number | null;
  /** P(hit), smoothed. */
  chance: number | null;
};

/** What of it is worth telling; in the order in which it is told. */
export const newsKinds = ['status', 'data', 'target', 'chance', 'progress'] as const;
export type NewsKind = (typeof newsKinds)[number];

/** Differences are now less then, null where one of the two is not known. */
export type WeekChange = {
  was: Standing;
  valueBy: number | null;
  progressBy: number | null;
  chanceBy: number | null;
  news: NewsKind[];
  /** Of the first piece of news that has a good and a bad side. */
  direction: 'better' | 'worse' | 'none';
  /** Greater is told sooner: a status outweighs data, those a target, and all of them what merely moved. */
  weight: number;
};

/** So many points, as a fraction, make a movement worth telling: less is what most weeks bring. */
export const worthTelling = { chance: 0.1, progress: 0.1 } as const;

const weights = { status: 8, data: 4, target: 2 } as const;

/** From well to badly; what is not in it is no judgement, so that leaving or reaching it is neither. */
const statusOrder: readonly Status[] = ['achieved', 'on_track', 'at_risk', 'off_track', 'missed'];
const dataOrder: readonly DataState[] = ['fresh', 'late', 'stale', 'failing'];

/** How a Key Result has changed since it stood as it `was`. */
export function weekChange(was: Standing, now: Standing): WeekChange {
  const [valueBy, progressBy, chanceBy] = [
    by(was.currentValue, now.currentValue),
    by(was.progress, now.progress),
    by(was.chance, now.chance),
  ];
  const told: Record<NewsKind, boolean> = {
    status: was.status !== now.status,
    data: was.dataState !== null && isNews(was.dataState, now.dataState),
    // The first target is not a changed one.
    target: was.targetValue !== null && now.targetValue !== null && was.targetValue !== now.targetValue,
    chance: isFar(chanceBy, worthTelling.chance),
    progress: isFar(progressBy, worthTelling.progress),
  };
  const news = newsKinds.filter((kind) => told[kind]);
  const moved = Math.min(1, Math.abs(chanceBy ?? 0)) + Math.min(1, Math.abs(progressBy ?? 0));
  const weight = news.reduce((sum, kind) => sum + (kind in weights ? weights[kind as 'status'] : 0), moved);
  const sides: Record<NewsKind, number> = {
    status: side(statusOrder, was.status, now.status),
    data: side(dataOrder, was.dataState, now.dataState),
    target: 0,
    chance: Math.sign(chanceBy ?? 0),
    progress: Math.sign(progressBy ?? 0),
  };
  const first = news.map((kind) => sides[kind]).find((sign) => sign !== 0) ?? 0;
  const direction = first === 0 ? 'none' : first > 0 ? 'better' : 'worse';
  return { was, valueBy, progressBy, chanceBy, news, direction, weight };
}

/** Data that are a little late and then fresh again are no news; a source that fails or goes still is, and its return. */
function isNews(was: DataState, now: DataState | null): boolean {
  const quiet = (state: DataState | null): boolean => state === 'fresh' || state === 'late' || state === null;
  return was !== now && !(quiet(was) && quiet(now));
}

function by(was: number | null, now: number | null): number | null {
  return was === null || now === null ? null : now - was;
}

/** A hair's breadth less than the border is the border: 0.7 - 0.6 is no tenth in binary. */
function isFar(difference: number | null, border: number): boolean {
  return difference !== null && Math.abs(difference) >= border - 1e-9;
}

function side<State>(order: readonly State[], was: State | null, now: State | null): number {
  const [before, after] = [order.indexOf(was as State), order.indexOf(now as State)];
  return before === -1 || after === -1 ? 0 : Math.sign(before - after);
}
