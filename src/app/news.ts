import type { ForecastStep } from '../domain/forecast/types.ts';
import type { Unit } from '../domain/metric.ts';
import type { Reason } from '../domain/status.ts';
import type { Titled } from '../domain/titles.ts';

/** What has happened, in the past tense. The part before the dot is what it is about. */
export type NewsEvent =
  | 'key_result.off_track'
  | 'key_result.still_off_track'
  | 'key_result.got_worse'
  | 'key_result.recovered'
  | 'key_result.achieved'
  | 'key_result.missed'
  | 'key_result.check_in_due'
  /** Nothing has been sent for a metric that is pushed to us; its owner is the Key Result's. */
  | 'key_result.no_data'
  | 'key_result.data_back'
  | 'connection.no_data'
  | 'connection.data_back'
  | 'connection.failing'
  | 'connection.working';

export type Severity = 'info' | 'warning' | 'critical';

/** With titles in other languages only where there are any: older versions read what lies in the outbox as well. */
export type NewsSubject =
  | ({
      kind: 'key_result';
      id: string;
      key: string;
      owner: string | null;
      objective: ({ id: string } & Titled) | null;
    } & Titled)
  | {
      kind: 'connection';
      id: string;
      key: string;
      title: string;
      owner: string | null;
      /** What depends on it: at most ten by name, and how many there are. */
      keyResults: ({ key: string } & Titled)[];
      keyResultCount: number;
    };

/**
 * One piece of news about one thing. Independent of language and channel: codes and numbers, which each channel puts
 * into the words of its reader. It lies in the outbox in clear text, so it holds no secret. Values are in the metric's
 * unit (money in minor units), shares are fractions; null is the absence of a number, never 0.
 */
export type NewsItem = {
  alertId: string | null;
  event: NewsEvent;
  severity: Severity;
  /** When it happened; for what goes on, when that was last looked at. ISO instant. */
  at: string;
  /** The evaluated day since which it is so; null where that is not known. */
  sinceDay: string | null;
  subject: NewsSubject;
  numbers: {
    current: number | null;
    start: number | null;
    target: number | null;
    unit: Unit;
    currency: string | null;
    progress: number | null;
    expected: number | null;
  } | null;
  /** P(hit), smoothed, now and seven days before; null where the pace rule judged. */
  chance: { now: number; weekAgo: number | null } | null;
  /** The final value as it is forecast, and the rate per step from now on against the recent one. */
  forecast: {
    deadlineDay: string;
    p10: number;
    p50: number;
    p90: number;
    needed: number | null;
    recent: number | null;
    step: ForecastStep;
  } | null;
  /** Of status or data state: a stable code with its numbers. */
  reason: Reason;
  /** By which rule it was told: borders are chances, counts are evaluated days. */
  rule: {
    by: 'chance' | 'pace';
    fireBelow: number;
    clearAbove: number;
    forEvaluations: number;
    keepFiringEvaluations: number;
  } | null;
  data: { state: string; throughDay: string | null; fetchedAt: string | null };
  chart: NewsChart | null;
  sandbox: boolean;
  /** Where a person reads on and acts. */
  links: { open: string; acknowledge: string | null; snooze: string | null };
};

/** What a chart is drawn from, short enough for the outbox: at most 400 points. */
export type NewsChart = {
  startDay: string;
  endDay: string;
  today: string;
  target: number | null;
  bounds: { lower: number | null; upper: number | null } | null;
  /** Day, value, expected value, whether it is settled. */
  points: [day: string, value: number | null, expected: number | null, settled: boolean][];
  forecast: { asOfDay: string; days: [day: string, p10: number, p50: number, p90: number][] } | null;
  initiatives: { title: string; startDay: string; endDay: string | null }[];
};

export type DigestSection =
  | 'newly_off_track'
  | 'got_worse'
  | 'still_off_track'
  | 'recovered'
  | 'achieved'
  | 'missed'
  | 'no_data'
  | 'data_back'
  | 'check_in_due';

/** What goes out through one channel at once. */
export type News =
  /** One or several pieces about one objective or connection that travel together; the first is the most important. */
  | {
      v: 2;
      type: 'news';
      workspace: string;
      occurredAt: string;
      items: NewsItem[];
      more: number;
      appUrl: string;
    }
  | {
      v: 2;
      type: 'digest';
      workspace: string;
      occurredAt: string;
      period: 'daily' | 'weekly';
      /** The days that it covers, both included, in the reader's zone. */
      fromDay: string;
      throughDay: string;
      /** Digests that should have come in between and did not; absent where none was missed. */
      missed?: number | undefined;
      sections: { section: DigestSection; items: NewsItem[]; more: number }[];
      appUrl: string;
    }
  | { v: 2; type: 'test'; workspace: string; occurredAt: string; sandbox: boolean; appUrl: string };
