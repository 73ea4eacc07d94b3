import type { ConnectionRecord, MetricRecord, ReadOutcome } from './ports.ts';

/** What reading one metric came to, with what was asked. */
export type MetricOutcome = {
  metricVersionId: string;
  definitionHash: string;
  connectorVersion: string;
  window: { startDay: string; endDay: string };
  /** How often the cursor had been taken back when the read began. */
  takenBack: number;
  exchanges: ReadOutcome['exchanges'];
} & (
  | { ok: true; reading: Extract<ReadOutcome, { ok: true }>['reading'] }
  | { ok: false; errorClass: string; message: string }
);

/** How a run ends. `blockConnection`: nothing else of this connection may start before the delay has passed. */
export type RunEnding =
  | { status: 'succeeded' }
  | { status: 'queued'; delayMs: number; countsAsFailure: boolean; blockConnection: boolean }
  | {
      status: 'failed' | 'dead';
      connectionState: 'needs_reauth' | 'misconfigured' | 'quota_exhausted' | null;
      hint: string | null;
    };

/** The failure that a run ended with, in the words of its class. */
export type RunError = { class: string; message: string };

/** A run that may start now. `starts`: how often it was started without coming any further. */
export type DueRun = { id: string; attempt: number; starts: number };

/** A run under this worker's lease. Whatever is written for it carries `fence`; a lost lease writes nothing. */
export type StartedRun = {
  id: string;
  workspaceId: string;
  connectionId: string;
  trigger: string;
  attempt: number;
  failures: number;
  fence: bigint;
  seq: bigint;
  /** The database's clock at the start. */
  now: Date;
};

/** What the run's connection looks like to the worker: everything that the read and the retry decision need. */
export type RunContext = {
  connection: ConnectionRecord;
  metrics: MetricRecord[];
  /** Every metric that is collected on the connection, due or not. */
  collected: MetricRecord[];
  /** The newest day of each metric version that holds a value other than zero; without an entry there is none. */
  lastNonZeroDays: ReadonlyMap<string, string>;
  /** Nothing was answered for long: one thing is asked, and the others only when that is answered. */
  probing: boolean;
  /** What is known of the run before it reads. `failures`: attempts that failed before this one. */
  /** How often the cursor of each metric version had been taken back by now. */
  takenBack: ReadonlyMap<string, number>;
  history: {
    failures: number;
    lastErrorClass: string | null;
    limitedCount: number;
    limitedForMs: number;
    nextSlotInMs: number | null;
  };
};

/** Leases and endings of runs. Every method is safe to call twice and in any number of processes. */
export type RunEngine = {
  /** @returns how many due slots became runs */
  claimDueSlots(): Promise<number>;
  takeDispatchable(): Promise<DueRun[]>;
  recoverLostRuns(): Promise<number>;
  /** @returns null when somebody else has it, or it is not its time */
  start(runId: string, owner: string): Promise<StartedRun | null>;
  context(run: StartedRun): Promise<RunContext | null>;
  /** @returns false when the lease is lost */
  renew(run: StartedRun): Promise<boolean>;
  /**
   * The run has stored something that no later start has to read again: what it does not finish is no longer laid to its
   * charge, and a backfill may outlive any number of deaths.
   */
  progressed(run: StartedRun): Promise<void>;
  /** Gives the run back unharmed. */
  release(run: StartedRun): Promise<void>;
  /**
   * Writes everything in one transaction; false when the lease was lost, and then nothing is written. `unlisted`: requests
   * that were made beside those of the outcomes.
   */
  finish(
    run: StartedRun,
    outcomes: MetricOutcome[],
    ending: RunEnding,
    error: RunError | null,
    unlisted?: number,
  ): Promise<boolean>;
};
