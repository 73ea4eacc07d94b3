import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { openFrontDoor } from './front-door.ts';
import type { Ga4Usage } from './ga4/quota.ts';
import { ga4Server } from './ga4/server.ts';
import { type InboxMessage, openInbox } from './inbox.ts';
import type { Usage } from './mixpanel/limits.ts';
import { mixpanelServer } from './mixpanel/server.ts';
import { firstAtOrAfter } from './model/activity.ts';
import type { Model } from './model/model.ts';
import { DAY_SECONDS, toEpochSeconds } from './model/time.ts';
import { workUntil } from './model/work/work.ts';
import { routed } from './route.ts';
import { missingAccess, newState, type SandboxState, sandboxNow } from './state.ts';
import { readState, stateReader, writeState } from './state-file.ts';
import { type Delivered, type Delivery, deliverEvents } from './stripe/deliver.ts';
import { stripeServer } from './stripe/server.ts';
import { toolsServer } from './tools/server.ts';
import { writeWarehouse } from './warehouse.ts';
import { type BillingSource, type World, worldKeeper } from './world.ts';

export { type CompanyFile, readCompanyFile } from './company-file.ts';
export { type DumpLine, dumpFacts, dumpLines } from './dump.ts';
export { billingUntil, historyUntil } from './history.ts';
export type { Inbox, InboxChannel, InboxMessage } from './inbox.ts';
export type { Activity, ProductEvent, Session } from './model/activity.ts';
export type { Company, ModelOptions } from './model/company.ts';
export type { Fact } from './model/facts.ts';
export {
  defaultCatalog,
  LIFE_CURRENCIES,
  type Life,
  type LivesOptions,
  type Proration,
  playLives,
  type ScriptedItem,
  type Step,
  type StepAction,
} from './model/lives.ts';
export { type Billing, buildModel, type Model } from './model/model.ts';
export { restate } from './restate.ts';
export * from './state.ts';
export { readState, writeState } from './state-file.ts';
export { type Delivered, type Delivery, signatureOf } from './stripe/deliver.ts';
export * from './tools/names.ts';
export type { BillingSource } from './world.ts';

export type SandboxOptions = {
  statePath: string; // made when missing; inbox.jsonl lies beside it
  port?: number; // 0 for any; the state's preferred one unless given
  host?: string;
  now?: () => Date; // the computer's clock, before the state's offset
  monotonicMs?: () => number; // what the limits per second count by
  initial?: Partial<SandboxState>; // for a state that is made now
  billing?: BillingSource; // another history than the seeded company's; people do nothing in it
  warehouse?: string; // a folder that gets the nightly export of the company's own database; none unless given
};

export type Sandbox = {
  url: string;
  port: number;
  apiKey: string;
  now: () => Date; // the sandbox's
  model: () => Model; // all that has happened by now, seen or not, restatements and extra facts included
  state: () => SandboxState;
  inbox: () => readonly InboxMessage[];
  usage: () => { ga4: Ga4Usage; mixpanel: Usage }; // what was asked of those who count it, since the start
  /** Sends Stripe's events of the last 30 days to an endpoint, signed, and says how each was answered. */
  deliver: (delivery: Delivery) => Promise<Delivered[]>;
  close: () => Promise<void>;
};

/**
 * Serves the fake company. Its state is one file that may be written by others meanwhile; each request looks
 * whether it has changed.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { statePath, host = '127.0.0.1', now: realNow = () => new Date() } = options;
  const found = readState(statePath);
  if (found === null) writeState(statePath, newState(realNow(), options.initial));
  else writeMissingAccess(statePath, found);
  const state = stateReader(statePath);
  const world = worldKeeper(options.billing);
  const now = () => sandboxNow(state(), realNow());
  const worldNow = () => world(state(), toEpochSeconds(now()));
  worldNow(); // the first request should not wait for the company to be made

  const look = () => ({ state: state(), world: worldNow(), statePath });
  const night = options.warehouse === undefined ? null : exportNightly(options.warehouse, worldNow);
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  const stripe = stripeServer(monotonicMs);
  const ga4 = ga4Server(look);
  const mixpanel = mixpanelServer(look, monotonicMs);
  const inbox = openInbox(join(dirname(statePath), 'inbox.jsonl'), realNow);
  const server = createServer(
    routed({
      stripe: (request, response) => stripe(request, response, look()),
      ga4: ga4.rest,
      mixpanel,
      inbox: inbox.handle,
      tool: toolsServer(look),
    }),
  );
  // A fault may leave a request open for as long as its client cares to wait.
  server.requestTimeout = 0;
  // Providers keep an idle connection for minutes; one that ends sooner breaks the next request of whoever holds it.
  server.keepAliveTimeout = 240_000;
  const door = await openFrontDoor(server, ga4.grpcPort, options.port ?? state().preferredPort ?? 0, host);
  if (state().preferredPort !== door.port && options.port === undefined) {
    writeState(statePath, { ...state(), preferredPort: door.port });
  }
  return {
    url: `http://${host}:${door.port}`,
    port: door.port,
    apiKey: state().apiKey,
    now,
    model: () => happenedBy(worldNow()),
    state,
    inbox: inbox.messages,
    usage: () => ({ ga4: ga4.usage(), mixpanel: mixpanel.usage() }),
    deliver: (delivery) => deliverEvents(worldNow(), delivery),
    async close() {
      clearInterval(night ?? undefined);
      await door.close();
      await ga4.close();
    },
  };
}

/** Exports now, and again as soon as another day is over, by the sandbox's clock. */
function exportNightly(folder: string, worldNow: () => World): NodeJS.Timeout {
  let written = 0;
  const look = (): void => {
    const { model, now } = worldNow();
    const today = Math.floor(now / DAY_SECONDS) * DAY_SECONDS;
    if (today === written) return;
    written = today;
    writeWarehouse(folder, workUntil(model, today));
  };
  look();
  const later = (): void => {
    try {
      look();
    } catch (error) {
      console.error('sandbox: the nightly export failed', error);
    }
  };
  return setInterval(later, 1_000).unref();
}

/** The world's model knows some of tomorrow's activity, which no server shows before its time. */
function happenedBy({ model, now }: World): Model {
  return { ...model, activity: model.activity.slice(0, firstAtOrAfter(model.activity, now + 1)) };
}

/** A state written by hand, or by an earlier version, may lack keys: an empty one opens nothing. */
function writeMissingAccess(statePath: string, state: SandboxState): void {
  const access = missingAccess(state);
  const complete =
    access.apiKey === state.apiKey && access.ga4 === state.ga4 && access.toolToken === state.toolToken;
  if (!complete || access.mixpanel !== state.mixpanel) writeState(statePath, { ...state, ...access });
}
