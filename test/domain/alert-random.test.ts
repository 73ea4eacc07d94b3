import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertConfig,
  type AlertEvaluation,
  type AlertState,
  quietAlert,
  redefined,
  step,
} from '../../src/domain/alert.ts';
import type { DataState } from '../../src/domain/data-state.ts';
import { addDays, daysBetween } from '../../src/domain/day.ts';
import type { Status } from '../../src/domain/status.ts';

// Random histories against a model that works another way: `step` counts forwards, the model looks backwards over the days.

describe('the machine over random days', () => {
  type Tick = 'breach' | 'between' | 'clear';
  type Moment = {
    day: string;
    what: Tick | 'away' | 'held' | 'achieved' | 'missed' | 'redefined';
    evaluation: AlertEvaluation | null;
  };

  const chances: Record<Tick, number[]> = { breach: [0.01, 0.2], between: [0.25, 0.45], clear: [0.46, 0.9] };
  const moment = fc.record({
    // Long stretches of one kind, or nothing would ever fire.
    what: fc.oneof(
      {
        weight: 12,
        arbitrary: fc.constantFrom<Tick>('breach', 'breach', 'breach', 'clear', 'clear', 'between'),
      },
      { weight: 2, arbitrary: fc.constantFrom('away' as const, 'held' as const) },
      { weight: 1, arbitrary: fc.constantFrom('achieved' as const, 'missed' as const, 'redefined' as const) },
    ),
    days: fc.integer({ min: 1, max: 5 }),
    ahead: fc.constantFrom(1, 1, 1, 1, 2, 0, -1),
    pick: fc.nat({ max: 5 }),
    byPace: fc.boolean(),
    late: fc.boolean(),
  });
  type Drawn = typeof moment extends fc.Arbitrary<infer T> ? T : never;

  function evaluationOf({ byPace, late, pick, what }: Drawn, day: string): AlertEvaluation | null {
    const told = (status: Status, chance: number | null, dataState: DataState = late ? 'late' : 'fresh') => ({
      asOfDay: day,
      status,
      dataState,
      chance,
    });
    const one = <T>(list: readonly [T, ...T[]]): T => list[pick % list.length] ?? list[0];
    switch (what) {
      case 'redefined':
        return null;
      case 'achieved':
      case 'missed':
        return told(what, null);
      case 'away':
        return told('unknown', null, one(['stale', 'none', 'paused']));
      case 'held':
        return byPace ? told(one(['too_early', 'unknown']), 0.1) : told('off_track', 0.1, 'failing');
      case 'between':
        return told('off_track', chances.between[pick % 2] ?? null);
      case 'breach':
        return byPace ? told('off_track', null) : told('on_track', chances.breach[pick % 2] ?? null);
      case 'clear':
        return byPace
          ? told(one(['at_risk', 'on_track']), null)
          : told('off_track', chances.clear[pick % 2] ?? null);
    }
  }

  function momentsOf(drawn: Drawn[]): Moment[] {
    const moments: Moment[] = [];
    let day = '2026-01-10';
    for (const part of drawn) {
      for (let i = 0; i < part.days; i += 1) {
        day = addDays(day, part.ahead);
        moments.push({ day, what: part.what, evaluation: evaluationOf(part, day) });
      }
    }
    return moments;
  }

  /** What must be said, from the days alone: each is judged by the unbroken row of days that it ends. */
  function expectedNews(moments: Moment[], config: AlertConfig): string[] {
    const news: string[] = [];
    const fired: { index: number; day: string }[] = [];
    let open = false;
    // Everything up to `cut` is settled and counts no more; so many evaluated days after it are waited out.
    let cut = -1;
    let waiting = 0;
    const counted = moments.map(
      ({ day, what }, i) =>
        ['breach', 'between', 'clear'].includes(what) &&
        moments.every(
          (other, j) => j >= i || !['breach', 'between', 'clear'].includes(other.what) || other.day < day,
        ),
    );
    const row = (end: number, wanted: Tick): number => {
      let length = 0;
      for (let i = end; i > cut && moments[i]?.what !== 'away'; i -= 1) {
        if (!counted[i]) continue;
        if (moments[i]?.what !== wanted) break;
        length += 1;
      }
      return length;
    };
    const patience = (day: string): number => {
      const [first, , last] = fired.slice(-3);
      return last && first && daysBetween(first.day, last.day) <= 14 && daysBetween(last.day, day) <= 14
        ? 2
        : 1;
    };
    moments.forEach(({ day, what }, i) => {
      if (what === 'achieved' || what === 'missed' || what === 'redefined') {
        if (open) news.push(`${what === 'achieved' ? 'recovered' : 'closed'} ${day}`);
        open = false;
        cut = i;
        if (what === 'redefined') waiting = config.forEvaluations;
        return;
      }
      if (!counted[i]) return;
      if (!open && waiting > 0) {
        waiting -= 1;
        cut = i;
      } else if (!open && row(i, 'breach') >= config.forEvaluations * patience(day)) {
        news.push(`fired ${day}`);
        fired.push({ index: i, day });
        open = true;
        cut = i;
      } else if (open && row(i, 'clear') >= config.keepFiringEvaluations * patience(day)) {
        news.push(`recovered ${day}`);
        open = false;
        cut = i;
      }
    });
    return news;
  }

  const rule = fc.record({
    forEvaluations: fc.integer({ min: 1, max: 4 }),
    keepFiringEvaluations: fc.integer({ min: 1, max: 5 }),
    fireBelow: fc.constant(0.25),
    clearAbove: fc.constant(0.45),
  });
  const drawnDays = fc.array(moment, { minLength: 10, maxLength: 60, size: 'max' });

  function run(moments: Moment[], config: AlertConfig): { news: string[]; episodes: number[] } {
    let state: AlertState = quietAlert;
    const news: string[] = [];
    const episodes: number[] = [];
    for (const { day, evaluation } of moments) {
      const result = evaluation === null ? redefined(state, day, config) : step(state, evaluation, config);
      state = result.state;
      news.push(...result.events.map(({ day: on, kind }) => `${kind} ${on}`));
      episodes.push(...result.events.map(({ episode }) => episode));
    }
    return { news, episodes };
  }

  it('says exactly what the days say when one looks back on them', () => {
    fc.assert(
      fc.property(drawnDays, rule, (drawn, config) => {
        const moments = momentsOf(drawn);
        const { episodes, news } = run(moments, config);
        expect(news).toEqual(expectedNews(moments, config));
        // One message begins an episode and one ends it, and no number is used again.
        const begun = episodes.filter((_, i) => i % 2 === 0);
        expect(news.every((line, i) => line.startsWith('fired') === (i % 2 === 0))).toBe(true);
        expect(episodes.every((episode, i) => episode === begun[Math.floor(i / 2)])).toBe(true);
        expect(begun.every((episode, i) => i === 0 || episode > (begun[i - 1] ?? 0))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('has histories in which something happens', () => {
    const counts: Record<string, number> = {};
    for (const [drawn, config] of fc.sample(fc.tuple(drawnDays, rule), { numRuns: 200, seed: 7 })) {
      for (const line of expectedNews(momentsOf(drawn), config)) {
        const [kind = ''] = line.split(' ');
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
    }
    for (const kind of ['fired', 'recovered', 'closed']) expect(counts[kind]).toBeGreaterThan(100);
  });
});
