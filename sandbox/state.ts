import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Company, ModelOptions } from './model/company.ts';
import type { Fact } from './model/facts.ts';
import { DAY_SECONDS, type EpochSeconds, toEpochSeconds, utcDay } from './model/time.ts';

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

/** A late fact that changed a day which was already over. */
export type Restatement = {
  provider: Provider;
  day: string; // UTC
  appliedAt: EpochSeconds;
  currency: string;
  amountMinor: number; // what the day's net revenue changed by
  facts: Fact[];
  note: string;
};

/** Something that happened beside the model, such as one big sale. */
export type ExtraFact = { kind: 'charge'; at: EpochSeconds; amountMinor: number; currency: string };

export type RestrictedKey = { key: string; permissions: readonly string[] };

/** The GA4 property and the one service account that may read it; its public half checks the signatures. */
export type Ga4Access = { propertyId: string; clientEmail: string; privateKey: string };

/** The Mixpanel project: a service account that may read and import, and the token that events are sent with. */
export type MixpanelAccess = { projectId: number; username: string; secret: string; token: string };

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
  restrictedKeys: RestrictedKey[]; // further keys that may read only what they list
  preferredPort: number | null;
  faults: Record<Provider, Fault | null>;
  restatements: Restatement[];
  extraFacts: ExtraFact[];
};

const HISTORY_DAYS = 460;

/** A state to start from: `HISTORY_DAYS` of history before `now`, nothing broken. */
export function newState(now: Date, given: Partial<SandboxState> = {}): SandboxState {
  const anchorDay = utcDay(toEpochSeconds(now) - HISTORY_DAYS * DAY_SECONDS);
  return withDefaults({ v: 1, seed: 42, anchorDay, ...newAccess(), ...given });
}

export function newApiKey(): string {
  return `rk_test_${randomBytes(24).toString('hex')}`;
}

/** Fresh credentials for every provider. */
export function newAccess(): Pick<SandboxState, 'apiKey' | 'ga4' | 'mixpanel'> {
  return { apiKey: newApiKey(), ga4: newGa4Access(), mixpanel: newMixpanelAccess() };
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

export function addFact(state: SandboxState, fact: ExtraFact): SandboxState {
  return { ...state, extraFacts: [...state.extraFacts, fact] };
}
