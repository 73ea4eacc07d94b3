/** One day of what a Key Result has come to. Values are in the metric's own unit. */
export type ChartPoint = {
  day: string;
  /** Null: nothing was measured that day, which is not zero. */
  value: number | null;
  /** Where the pace says it should be; null when the pace has nothing to say. */
  expected: number | null;
  /** False while the provider may still restate the day. */
  settled: boolean;
  /** True when the day was once believed to be something else. */
  restated: boolean;
  /** What the mark of a restated day says when one points at it. */
  restatedTitle?: string | undefined;
};

export type ChartInput = {
  /** The cycle, half-open: `[startDay, endDay)`. */
  startDay: string;
  endDay: string;
  /** Where the "now" line stands; drawn only inside the cycle. */
  today: string;
  /** Oldest first. A missing day is absent or null; a day outside of the plot is left out. */
  points: readonly ChartPoint[];
  /** The line to reach, or null for a goal without one. */
  target: number | null;
  /**
   * What the target was one after the other, oldest first, the last in force: each from its day on, the first (`fromDay`
   * null) from the beginning. Absent where it was never changed.
   */
  targets?: readonly { fromDay: string | null; value: number }[];
  /** The limits of a guardrail, inclusive; null where it has none. */
  bounds: { lower: number | null; upper: number | null } | null;
  initiatives: readonly { title: string; startDay: string; endDay: string | null }[];
  /** Values that an owner put in the place of the source's, both days included; the points stay the source's own. */
  overrides?: readonly { title: string; value: number; fromDay: string; untilDay: string }[];
  /** Days on which somebody checked in, with what they said. */
  checkIns?: readonly { title: string; day: string }[];
  /** Where it is expected to go: drawn from the newest settled value to the deadline. */
  forecast?: ChartForecast | null;
  /** When an alert fired and when it was over. */
  alerts?: readonly { day: string; title: string; kind: 'fired' | 'recovered' }[];
  /** The first day that is drawn, where that lies before the cycle. `points` then hold days before it too. */
  historyFromDay?: string | null;
};

/** Of the value that is judged, in its unit: P50 is the point forecast, P10 to P90 the 80 % prediction interval. */
export type ChartForecast = {
  /** The newest day that the forecast knows. */
  asOfDay: string;
  /** Oldest first, the last one the deadline; not every day needs to be there. */
  days: readonly { day: string; p10: number; p50: number; p90: number }[];
};

export type ChartOptions = {
  width: number;
  height: number;
  /** Short, for an axis. */
  formatValue: (value: number) => string;
  formatDay: (day: string) => string;
  /**
   * `now` names the line of `today`: of a past chart another word than of one that is of now. `empty` is said where
   * there is no value to draw.
   */
  words: { target: string; now: string; forecast?: string; empty?: string };
};
