import { setImmediate } from 'node:timers/promises';
import { toEpochSeconds } from '../model/time.ts';
import { faultFor } from '../spoil.ts';
import type { Fault, SandboxState } from '../state.ts';
import type { World } from '../world.ts';
import { authenticate } from './auth.ts';
import { invalid, noAccess, notServed, Refusal } from './errors.ts';
import { refuseByFault } from './faults.ts';
import { funnelReport } from './funnel-report.ts';
import { funnelRequest } from './funnel-request.ts';
import { type Property, propertyMaker } from './property.ts';
import { quirksOf } from './quirks.ts';
import type { Category, Quota, Quotas } from './quota.ts';
import { realtimeReport, realtimeRequest } from './realtime.ts';
import { reportOf } from './report.ts';
import { batchRequest, parseRequest, type ReportRequest, reportRequest } from './request.ts';
import { compatibility, metadata } from './schema.ts';

/** What the server stands on for one request. */
export type Ga4Now = { state: SandboxState; world: World };

/** One call, whichever transport brought it. */
export type Call = {
  method: string; // as REST spells it, such as runReport; those of v1alpha begin with `v1alpha `
  propertyId: string;
  body: unknown;
  authorization: string | undefined;
  path: string; // over gRPC the one that REST would have, so that a fault for a path meets both
  onEnd(leave: () => void): void; // to be called when the answer is out, or nobody waits for it any more
};

export type Outcome = { fault: Fault | null } & ({ body: unknown } | { refusal: Refusal });

/** The handlers behind both transports. */
export type Service = (call: Call) => Promise<Outcome>;

export function ga4Service(look: () => Ga4Now, quotas: Quotas): Service {
  const propertyOf = propertyMaker();
  return async (call) => {
    quotas.arrive();
    const { state, world } = look();
    const fault = faultFor(state.faults.ga4, call.path);
    const quirks = quirksOf(state.ga4);
    const quota = quotas.of(categoryOf(call.method), quirks);
    try {
      authenticate(call.authorization, state.ga4, [world.now, toEpochSeconds(new Date())]);
      // A look at what is left costs nothing, and is answered when nothing is left, too.
      if (call.method !== SNAPSHOT) quota.refuseExhausted(world.now);
      refuseByFault(fault, quota, world.now);
      refuseProperty(call, state);
      call.onEnd(quota.enter());
      // Calls that came together are counted together before the first of them is answered.
      await setImmediate();
      const property = propertyOf(world, state.timeZone, quirks);
      if (call.method === SNAPSHOT) return { fault, body: snapshot(call, quotas, property) };
      return { fault, body: answer(call, property, quota) };
    } catch (error) {
      if (error instanceof Refusal) return { fault, refusal: error };
      throw error;
    }
  };
}

const REALTIME = 'runRealtimeReport';
const FUNNEL = 'v1alpha runFunnelReport';
const SNAPSHOT = 'v1alpha getPropertyQuotasSnapshot';

function categoryOf(method: string): Category {
  if (method === REALTIME) return 'realtime';
  return method === FUNNEL ? 'funnel' : 'core';
}

/** What is left of every pool, with what each has spent in its period. */
function snapshot({ propertyId }: Call, quotas: Quotas, { now, quirks }: Property): unknown {
  const status = (category: Category) => quotas.of(category, quirks).status(now, null);
  return {
    name: `properties/${propertyId}/propertyQuotasSnapshot`,
    corePropertyQuota: status('core'),
    realtimePropertyQuota: status('realtime'),
    funnelPropertyQuota: status('funnel'),
  };
}

function answer(call: Call, property: Property, quota: Quota): unknown {
  const { now, quirks } = property;
  switch (call.method) {
    case 'runReport':
      return reports([parseRequest(reportRequest, call.body)], call, property, quota)[0];
    case 'batchRunReports': {
      const { requests } = parseRequest(batchRequest, call.body);
      if (requests.length < 1 || requests.length > MAX_BATCH) {
        throw invalid(`A batch holds 1 to ${MAX_BATCH} requests. This one holds ${requests.length}.`);
      }
      return { reports: reports(requests, call, property, quota), kind: 'analyticsData#batchRunReports' };
    }
    case FUNNEL: {
      const request = parseRequest(funnelRequest, call.body);
      refuseOther(request.property, call);
      return charged([{ ...funnelReport(request, property), request }], property, quota)[0];
    }
    case REALTIME: {
      const request = parseRequest(realtimeRequest, call.body);
      refuseOther(request.property, call);
      return charged([{ ...realtimeReport(request, property), request }], property, quota)[0];
    }
    case 'getMetadata':
      quota.charge(now, 1);
      return metadata(call.propertyId, quirks);
    case 'checkCompatibility':
      quota.charge(now, 1);
      return compatibility(call.body);
    default:
      throw notServed(`The method ${call.method}`);
  }
}

const MAX_BATCH = 5;

/** All or none: the first report that cannot be made fails the others with it, and only then is anything charged. */
function reports(
  requests: readonly ReportRequest[],
  call: Call,
  property: Property,
  quota: Quota,
): unknown[] {
  const made = requests.map((request) => {
    refuseOther(request.property, call);
    return { ...reportOf(request, property), request };
  });
  return charged(made, property, quota);
}

type Made = {
  wire: Record<string, unknown>;
  tokens: number;
  isThresholded: boolean;
  request: { returnPropertyQuota: boolean };
};

function charged(made: readonly Made[], { now }: Property, quota: Quota): unknown[] {
  return made.map(({ wire, tokens, isThresholded, request }) => {
    if (isThresholded) quota.chargeThresholded(now);
    quota.charge(now, tokens);
    return request.returnPropertyQuota ? { ...wire, propertyQuota: quota.status(now, tokens) } : wire;
  });
}

function refuseOther(property: string | undefined, { propertyId }: Call): void {
  if (property === undefined || property === `properties/${propertyId}`) return;
  throw invalid(`The property ${property} is not the one that the call is for.`);
}

function refuseProperty({ method, propertyId }: Call, state: SandboxState): void {
  if (!/^\d+$/.test(propertyId)) {
    throw invalid(`Invalid property ID: ${propertyId}. A numeric Property ID is required.`);
  }
  if (method === 'getMetadata' && propertyId === '0') return;
  if (propertyId !== state.ga4.propertyId) throw noAccess();
}
