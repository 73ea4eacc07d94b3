import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Ga4Quirks } from './ga4/quirks.ts';
import type { Activity, Session } from './model/activity.ts';
import type { Company, ModelOptions } from './model/company.ts';
import type { Fact } from './model/facts.ts';
import { DAY_SECONDS, type EpochSeconds, toEpochSeconds, utcDay } from './model/time.ts';
import type { Tool } from './tools/names.ts';

export const PROVIDERS = ['stripe', 'ga4', 'mixpanel'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** What can go wrong with a provider. See README.md for what each looks like to a client. */
export const FAULT_KINDS = [
  'rate_limit',
  'rate_limit_retry_after',
  'quota',
  'server_error',
  'timeout',
  'drip',
  'cut_off',
  'revoked',
  'forbidden',
  'changed_shape',
  'empty',
  'empty_list',
  'not_json',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export type Fault = {
  kind: FaultKind;
  path?: string; // only requests whose path starts with this, such as '/v1/refunds'
  retryAfterSeconds?: number; // of rate_limit_retry_after, 30 unless given
};

/** Something that came late and changed a day which was already over. */
export type Restatement = {
  provider: Provider;
  day: string; // UTC for Stripe, else in the company's time zone
  appliedAt: EpochSeconds;
  currency: string;
  amountMinor: number; // what the day's net revenue changed by; 0 where only people's activity came late
  facts: Fact[];
  activity?: Activity[]; // states of before 2026-11 have none
  note: string;
};

/**
 * Something that happened beside the model, so that a test can change one thing: a sale, money given back for some
 * earlier sale, an event or a visit that is seen at any time after it happened.
 */
export type ExtraFact =
  | {
      kind: 'charge' | 'refund';
      at: EpochSeconds;
      toldAt?: EpochSeconds; // when the event about it comes, where it was dated back; else when it happened
      amountMinor: number;
      currency: string;
    }
  | ExtraEvent
  | ExtraSession;

export type ExtraEvent = {
  kind: 'event';
  at: EpochSeconds;
  seenAt: EpochSeconds;
  name: string;
  personId: string; // of the model, or a new one
  deviceId?: string; // the person's first unless given
  properties: Readonly<Record<string, string | number | boolean>>;
};

/** What is not given is that of a visit to the address itself, on the known computer of somebody in the US. */
export type ExtraSession = Pick<Session, 'kind' | 'at' | 'seenAt' | 'personId' | 'engagedSeconds'> &
  Partial<Pick<Session, 'deviceId' | 'newDevice' | 'channel' | 'device' | 'country'>>;

export type RestrictedKey = { key: string; permissions: readonly string[] };

/** The GA4 property and the one service account that may read it; its public half checks the signatures. */
export type Ga4Access = {
  propertyId: string;
  clientEmail: string;
  privateKey: string;
  quirks?: Ga4Quirks; // what makes the answers less than exact
};

/** The Mixpanel project: a service account that may read and import, and the token that events are sent with. */
export type MixpanelAccess = { projectId: number; username: string; secret: string; token: string };

/** What may differ between Stripe accounts. */
export type StripeSettings = {
  requestsPerSecond?: number; // of each key, 25 unless given; 100 in live mode
  eventsApiVersion?: string; // the account's default version, in which events are told: '2020-03-02'
};

/** All that the sandbox remembers; everything else follows from it. Kept as one JSON file. */
export type SandboxState = {
  v: 1;
  seed: number;
  anchorDay: string;
  timeZone: string;
  company?: Partial<Company>;
  clockOffsetMs: number; // the sandbox's now is the computer's now plus this
  apiKey: string; // may read everything the sandbox serves
  ga4: Ga4Access;
  mixpanel: MixpanelAccess;
  toolToken: string; // opens each of the company's tools that asks for one
  stripe?: StripeSettings;
  restrictedKeys: RestrictedKey[]; // further keys that may read only what they list
  preferredPort: number | null;
  faults: Record<Provider, Fault | null>;
  toolFaults?: Partial<Record<Tool, Fault | null>>;
  restatements: Restatement[];
  extraFacts: ExtraFact[];
};

const HISTORY_DAYS = 460;

/** A state to start from: `HISTORY_DAYS` of history before `now`, nothing broken. */
export function newState(now: Date, given: Partial<SandboxState> = {}): SandboxState {
  const anchorDay = utcDay(toEpochSeconds(now) - HISTORY_DAYS * DAY_SECONDS);
  return withDefaults({ v: 1, seed: 42, anchorDay, ...given, ...missingAccess(given) });
}

export function newApiKey(): string {
  return `rk_test_${randomBytes(24).toString('hex')}`;
}

type Access = Pick<SandboxState, 'apiKey' | 'ga4' | 'mixpanel' | 'toolToken'>;

/** Credentials for every provider: those of the state where it has some, else fresh ones. */
export function missingAccess({ apiKey, ga4, mixpanel, toolToken }: Partial<Access>): Access {
  return {
    toolToken: toolToken || `tool_${randomBytes(20).toString('hex')}`,
    apiKey: apiKey || newApiKey(),
    ga4: ga4?.privateKey ? ga4 : newGa4Access(),
    mixpanel: mixpanel?.secret ? mixpanel : newMixpanelAccess(),
  };
}

export function newGa4Access(): Ga4Access {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    propertyId: '987654321',
    clientEmail: 'tidemark@acme-sandbox.iam.gserviceaccount.example',
    privateKey,
  };
}

/** The service account as Google hands it out: the text that a GA4 connection wants for its key. */
export function serviceAccountKey({ ga4 }: SandboxState): string {
  const { clientEmail: client_email, privateKey: private_key } = ga4;
  const head = { type: 'service_account', project_id: 'acme-sandbox' };
  return `${JSON.stringify({ ...head, private_key, client_email }, null, 2)}\n`;
}

export function newMixpanelAccess(): MixpanelAccess {
  return {
    projectId: 2_195_193,
    username: `tidemark.${randomBytes(3).toString('hex')}.mp-service-account`,
    secret: randomBytes(16).toString('hex'),
    token: randomBytes(16).toString('hex'),
  };
}

/** Fills in what a state written by hand may leave out; an empty key opens nothing until one is made. */
export function withDefaults(
  state: Partial<SandboxState> & Pick<SandboxState, 'v' | 'seed' | 'anchorDay'>,
): SandboxState {
  return {
    timeZone: 'UTC',
    clockOffsetMs: 0,
    apiKey: '',
    toolToken: '',
    restrictedKeys: [],
    preferredPort: null,
    restatements: [],
    extraFacts: [],
    ga4: { propertyId: '', clientEmail: '', privateKey: '' },
    mixpanel: { projectId: 0, username: '', secret: '', token: '' },
    ...state,
    faults: { stripe: null, ga4: null, mixpanel: null, ...state.faults },
  };
}

export function modelOptions(state: SandboxState): ModelOptions {
  const { seed, anchorDay, timeZone, company } = state;
  return company === undefined ? { seed, anchorDay, timeZone } : { seed, anchorDay, timeZone, company };
}

export function sandboxNow(state: SandboxState, realNow: Date): Date {
  return new Date(realNow.getTime() + state.clockOffsetMs);
}

/** The same state with a provider broken in one way; breaking it again replaces the fault. */
export function breakProvider(
  state: SandboxState,
  provider: Provider,
  fault: FaultKind | Fault = 'server_error',
): SandboxState {
  const value = typeof fault === 'string' ? { kind: fault } : fault;
  return { ...state, faults: { ...state.faults, [provider]: value } };
}

export function heal(state: SandboxState, provider: Provider): SandboxState {
  return { ...state, faults: { ...state.faults, [provider]: null } };
}

/** The same state with one of the company's tools broken in one way; null mends it. */
export function breakTool(state: SandboxState, tool: Tool, fault: FaultKind | Fault | null): SandboxState {
  const value = typeof fault === 'string' ? { kind: fault } : fault;
  return { ...state, toolFaults: { ...state.toolFaults, [tool]: value } };
}

export function addFact(state: SandboxState, fact: ExtraFact): SandboxState {
  return { ...state, extraFacts: [...state.extraFacts, fact] };
}
