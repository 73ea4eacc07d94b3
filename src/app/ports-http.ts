/** What the HTTP face keeps and counts besides the use cases' own rows. */

export type KeptAnswer = { status: number; answer: unknown; location: string | null };
/** What a key stands for: nothing yet (then it is ours to work on), or a request of before. */
export type Claimed =
  | { kind: 'ours'; claim: string }
  | { kind: 'running' }
  | { kind: 'other_request' }
  | { kind: 'told_once' }
  | { kind: 'answered'; kept: KeptAnswer };
export type RequestKey = { workspaceId: string; tokenId: string; key: string };

/** Answers kept for 24 hours, so that a request that is sent again is not done again. */
export type KeptAnswers = {
  claim(request: RequestKey, requestHash: string, leaseSeconds: number): Promise<Claimed>;
  renew(request: RequestKey, claim: string, leaseSeconds: number): Promise<void>;
  /** `null` where the answer told a secret: then only that it was answered is kept. */
  complete(request: RequestKey, claim: string, status: number, kept: KeptAnswer | null): Promise<void>;
  /** Nothing came of it: the same key may be used again. */
  release(request: RequestKey, claim: string): Promise<void>;
};

export type HttpStore = {
  answers: KeptAnswers;
  /** One at a time for each name, in all processes: what is checked is still so when it is written. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** How often somebody asked for a sync of the connection within the hour, and in how many seconds the first of them is an hour ago. */
  syncsAsked(connectionId: string): Promise<{ asked: number; freeInSeconds: number }>;
};

export type LiveEvent = {
  id: string;
  /** `key_result.changed`, `run.changed`, `alert.changed`; more may come. */
  type: string;
  data: Record<string, unknown>;
  at: Date;
};
export type LiveStream = {
  /** What has happened since the event with this id; null when that is not known any more. */
  replay: LiveEvent[] | null;
  /** Starts to hand on what happens from now on. */
  start(): void;
  stop(): void;
};
/** What has just changed, as it is committed. An event may come twice, and none is left out. */
export type LiveEvents = {
  open(
    workspaceId: string,
    lastEventId: string | null,
    hear: (event: LiveEvent) => void,
  ): Promise<LiveStream>;
};
