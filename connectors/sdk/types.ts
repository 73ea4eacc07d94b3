import type { z } from 'zod';
import type { NoValueReason } from '../../src/domain/key-result.ts';
import type { Stage } from '../../src/domain/life-cycle.ts';
import type { MetricKind, Unit } from '../../src/domain/metric.ts';
import type { CatalogMeaning } from './catalog.ts';
import type { EventCollector } from './collector.ts';
import type { BillingMirror } from './mirror.ts';
import type { Quota } from './quota.ts';
import type { Sample } from './survey-interval.ts';

/** Who has to act before the same call can succeed. `'time'` means: wait, then try again. */
export type Remedy = { by: 'time'; afterMs?: number } | { by: 'owner'; hint: string } | { by: 'maintainer' };

/** Classes of provider failure; what each one leads to is decided in `src/domain/retry.ts`. */
export type ErrorClass =
  | 'transient'
  | 'rate_limited'
  | 'auth'
  | 'config'
  | 'bad_payload'
  | 'schema_drift'
  | 'too_large'
  | 'blocked_destination';

/** The guarded way out (`src/egress`), handed in: connectors never open sockets of their own. */
export type GuardedFetch = (input: string | URL, init?: GuardedFetchInit) => Promise<Response>;
export type GuardedFetchInit = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /** The answer is taken piece by piece and never held: it may be as large, and take as long, as an export does. */
  stream?: boolean;
};

/**
 * Whole local days `[startDay, endDay)` in `timeZone`, and the same as instants `[startAt, endAt)`.
 * `endDay` may be the day after today: then the last day is still running.
 */
export type DayWindow = { startDay: string; endDay: string; timeZone: string; startAt: Date; endAt: Date };

/**
 * One day of one metric. `value` is a decimal string so that no digit is lost on the way to the database;
 * null means "no value", never zero: `reason` says why. Ratios carry both parts.
 */
export type PointReading = {
  day: string;
  value: string | null;
  /** Of a missing value; by default nobody to measure when the denominator is 0, else nothing observed. */
  reason?: NoValueReason;
  numerator?: string;
  denominator?: string;
  counts?: Record<string, number>;
  /** Where the value is a sample's: how large it is, and between which bounds the true value lies. */
  sample?: Sample;
  flags?: Record<string, string | number | boolean>;
};

/** The proof that an answer was whole: without it no day may be called a zero. */
export type Completeness = { pages: number; items: number; lastPageReached: boolean; notes: string[] };
export type MetricReading = { points: PointReading[]; completeness: Completeness };

/** One request as evidence: redacted address, never a header or a body, and a digest of the answer. */
export type Exchange = {
  method: string;
  url: string;
  status: number | null;
  requestId: string | null;
  responseSha256: string | null;
  responseBytes: number;
  startedAt: string;
  durationMs: number;
  error?: string;
};

/** One read of a run. */
export type PlannedRead = { metric: string; params: unknown; window: DayWindow };

/** An address that was vetted: connecting to anything else is not allowed. */
export type VettedAddress = { address: string; family: 4 | 6 };

/** What a connector is handed for one run on one connection. */
export type ConnectorContext<Config> = {
  config: Config;
  /** Another address the owner named (a gateway, a regional host, a test server), or null for the provider's own. */
  endpoint: URL | null;
  fetch: GuardedFetch;
  signal: AbortSignal;
  /** The database clock at the start of the run. */
  now: Date;
  /** Remembers one read for the length of the run, so that metrics share it; a failed one is remembered too. */
  shared<T>(key: string, read: () => Promise<T>): Promise<T>;
  /**
   * Every read of this run, the current one included: what can share a request is planned over all of them, inside
   * `shared`. Parameters are checked; metrics this connector does not know are left out.
   */
  reads: readonly PlannedRead[];
  /** The provider's quota, counted for all workers together. */
  quota: Quota;
  /**
   * For official clients with sockets of their own (gRPC): the vetted addresses of a host that this connection may
   * reach. Connect to one of them by its number, never by the name again.
   *
   * @throws an error of the guard, as `fetch` does
   */
  resolve(url: URL): Promise<VettedAddress[]>;
  /** The folder whose files may be read, as the operator has opened it; absent or null: none. */
  folder?: string | null;
  /** Receives every request that was made, for the evidence of the metric being read. */
  record(exchange: Exchange): void;
};

/** What a successful check says to the owner: the account it reached, and what the key may not read. */
export type CheckResult = {
  account: string;
  livemode: boolean | null;
  warnings: string[];
  /**
   * The IANA zone in which the provider cuts the account's days: metrics of another zone are refused. Absent or null where
   * its answers do not name it, and where it tells instants that are cut into days here.
   */
  timeZone?: string | null;
  /** The ISO 4217 code of the account's money, such as `EUR`; absent or null where its answers do not name it. */
  currency?: string | null;
};

/**
 * What the provider says to a definition before anything is stored. A problem names the parameter, its value and the
 * next step, and refuses the definition; a warning is shown and stops nothing. Zone and currency are the account's
 * own, null where these answers do not name them.
 */
export type Acceptance = {
  problems: string[];
  warnings: string[];
  timeZone: string | null;
  currency: string | null;
};

export type MetricDefinition<Config, Params> = {
  title: string;
  description: string;
  stage: Stage;
  unit: Unit;
  kind: MetricKind;
  paramsSchema: z.ZodType<Params>;
  /** The unit's currency when `unit` is money: which parameter names it. */
  currencyParam?: string;
  /** What the number counts and how its days combine, where its owner says so with the parameters. */
  unitOf?(params: Params): Unit;
  kindOf?(params: Params): MetricKind;
  /** From then on, counted from the end of the day, status may use the day. */
  settlesAfterHours: number | ((params: Params) => number);
  /** How many days back every sync reads again, beyond those that have not settled. */
  rereadDays: number | ((params: Params) => number);
  /**
   * A costly read is made by the schedule at most this often; whoever asks for a sync is answered at once. By default
   * every time.
   */
  readEveryHours?: number;
  /** `month`: there is a point for the last day of each month only, such as a monthly cohort. By default every day. */
  cadence?: 'day' | 'month';
  /** The same where it depends on the parameters. */
  cadenceOf?(params: Params): 'day' | 'month';
  /** Days without a point after which the newest is too old to judge by, where points come seldom; 3 by default. */
  staleAfterDays?(params: Params): number;
  /** `backfill`: the past can be asked for. `from_now`: the provider only knows the present, history grows. */
  history: 'backfill' | 'from_now';
  /** The catalogue's metric that this is; absent where it is none of them. */
  catalog?: CatalogMeaning<Params>;
  /** A metric of the catalogue that this comes near and is not: `description` says how the two differ. */
  near?: string;
  /**
   * Asks the provider whether it can answer this definition: the names exist, and they fit together. Called with
   * checked parameters when a metric is looked at, named or changed. Absent: whatever the schema takes is accepted.
   *
   * @throws ConnectorError when the provider could not be asked, or refuses the key
   */
  accept?(context: ConnectorContext<Config>, params: Params): Promise<Acceptance>;
  read(context: ConnectorContext<Config>, window: DayWindow, params: Params): Promise<MetricReading>;
};

/**
 * One budget at the provider. `calls`: so many an hour, counted by us. `tokens`: a pool that the provider fills and tells of,
 * by its name in the book of its scope.
 */
export type Budget =
  | { name: string; scope: string; counts: 'calls'; limit: number }
  | { name: string; scope: string; counts: 'tokens'; pool: string; sizeOf(left: number): number };

export type Connector<Config = unknown> = {
  id: string;
  title: string;
  /** Raised when the meaning of a reading changes; kept with every point's evidence. */
  version: string;
  configSchema: z.ZodType<Config>;
  /** The names in `configSchema` that are secrets: stored encrypted, never shown. */
  secretFields: readonly string[];
  /** What the owner needs: the kind of key and the least rights it must have. */
  guide: string;
  /**
   * Nobody has compared it with an exchange that was recorded at the provider or published by it: it follows what the
   * provider writes, and is marked wherever it is shown.
   */
  experimental?: true;
  /** The provider has no address of its own: everybody has another one, and a connection says which. */
  needsEndpoint?: true;
  /**
   * The hosts (`host` or `host:port`) that a secret of this connection may be sent to. `config` is without its secrets;
   * only where the owner names a second host, such as that of a token endpoint, does it matter.
   */
  allowedHosts(endpoint: URL | null, config?: Partial<Config>): string[];
  limits: { requestsPerSecond: number; concurrent: number };
  /** An answer may take minutes to begin, as that of a statement over large tables does. */
  slowAnswers?: boolean;
  /** One cheap authenticated call; resolves, or throws a `ConnectorError`. */
  check(context: ConnectorContext<Config>): Promise<CheckResult>;
  /** What of the provider's limits Tidemark draws on, as it is told to people. Absent where nothing is counted. */
  budgets?(config: Config, endpoint: URL | null): Budget[];
  // oxlint-disable-next-line typescript/no-explicit-any -- parameters differ by metric; `paramsSchema` checks them at run time
  metrics: Record<string, MetricDefinition<Config, any>>;
  /** Absent where the provider is asked for metrics, and its objects are not mirrored. */
  billing?: BillingMirror<Config>;
  /** Absent where the provider hands over no raw events. */
  events?: EventCollector<Config>;
};
