import type { Acceptance, ConnectorContext } from './types.ts';

/**
 * A connector that hands over raw product events. They are kept in the event store, and every metric over them is computed
 * there, the same way for every provider.
 */
export type EventCollector<Config> = {
  /** How many days back phones and servers still tell what happened: each read asks for them again. */
  lateDays: number;
  /**
   * Whole UTC days that are over, oldest first, from where `from.state` ended and again for the late ones. Each is kept
   * together with its state before the next is asked for: after a kill at any moment the last kept state is where it goes on.
   *
   * @throws ConnectorError as every read does, also while `events` are taken: then nothing of these days is kept
   */
  read(context: ConnectorContext<Config>, from: CollectStart): AsyncIterable<CollectedDays>;
  /** Asks the provider about the names of events that a definition looks at; absent where there is nothing to ask. */
  accept?(context: ConnectorContext<Config>, names: readonly string[]): Promise<Acceptance>;
};

export type CollectStart = {
  /** What the last kept days carried; null at the very beginning. */
  state: unknown;
  /** The events that the metrics need; null: any. Names that are needed later are collected from the beginning. */
  names: readonly string[] | null;
  /** The first UTC day that they need. */
  startDay: string;
};

export type CollectedDays = {
  /** `[firstDay, lastDay]` of UTC, and the names of which this is everything; null: all of them. */
  firstDay: string;
  lastDay: string;
  names: readonly string[] | null;
  /** Taken once, one after the other. */
  events: AsyncIterable<CollectedEvent>;
  /** Up to when everything asked for is here; null while the first way through is not over. */
  throughAt: Date | null;
  /** Asked once the events were taken. */
  ended(): CollectedEnd;
};

export type CollectedEnd = {
  /** Plain JSON: where to go on. */
  state: unknown;
  /** What was read, and what was left out, for the evidence: "2026-03-01 to 2026-03-30, 4 of nobody left out". */
  note: string;
};

export type CollectedEvent = {
  /** The same id again is the same event; null where the provider gives none. */
  id: string | null;
  /** The person, resolved as far as the provider has. */
  userId: string;
  event: string;
  at: Date;
  properties: Readonly<Record<string, unknown>>;
  /** Of two tellings of one id the higher one stands. */
  order?: number;
};
