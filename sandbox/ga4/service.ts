import { setImmediate } from 'node:timers/promises';
import { toEpochSeconds } from '../model/time.ts';
import { faultFor } from '../spoil.ts';
import type { Fault, SandboxState } from '../state.ts';
import type { World } from '../world.ts';
import { authenticate } from './auth.ts';
import { type LocalClock, localClock } from './days.ts';
import { invalid, noAccess, notServed, Refusal } from './errors.ts';
import { refuseByFault } from './faults.ts';
import { type Hit, hitsOf } from './hits.ts';
import { quirksOf } from './quirks.ts';
import type { Quota } from './quota.ts';
import { type Property, type Report, reportOf } from './report.ts';
import { batchRequest, parseRequest, type ReportRequest, reportRequest } from './request.ts';
import { compatibility, metadata } from './schema.ts';

/** What the server stands on for one request. */
export type Ga4Now = { state: SandboxState; world: World };

/** One call, whichever transport brought it. */
export type Call = {
  method: string; // as REST spells it, such as runReport
  propertyId: string;
  body: unknown;
  authorization: string | undefined;
  path: string; // over gRPC the one that REST would have, so that a fault for a path meets both
  onEnd(leave: () => void): void; // to be called when the answer is out, or nobody waits for it any more
};

export type Outcome = { fault: Fault | null } & ({ body: unknown } | { refusal: Refusal });

/** The handlers behind both transports. */
export type Service = (call: Call) => Promise<Outcome>;

export function ga4Service(look: () => Ga4Now, quota: Quota): Service {
  const clockFor = clocks();
  return async (call) => {
    quota.arrive();
    const { state, world } = look();
    const fault = faultFor(state.faults.ga4, call.path);
    try {
      authenticate(call.authorization, state.ga4, [world.now, toEpochSeconds(new Date())]);
      quota.refuseExhausted(world.now);
      refuseByFault(fault, quota, world.now);
      refuseProperty(call, state);
      call.onEnd(quota.enter());
      // Calls that came together are counted together before the first of them is answered.
      await setImmediate();
      return { fault, body: answer(call, propertyOf(state, world, clockFor), quota) };
    } catch (error) {
      if (error instanceof Refusal) return { fault, refusal: error };
      throw error;
    }
  };
}

function propertyOf(state: SandboxState, world: World, clockFor: (timeZone: string) => LocalClock): Property {
  const { activity, now } = world;
  const quirks = quirksOf(state.ga4);
  const timeZone = quirks.timeZone ?? state.timeZone;
  const clock = clockFor(timeZone);
  // The members of a batch mostly ask for the same days.
  const found = new Map<string, readonly Hit[]>();
  const hits: Property['hits'] = (days) => {
    const key = `${days.startDay} ${days.endDay}`;
    const known = found.get(key) ?? hitsOf(activity, now, clock, days);
    found.set(key, known);
    return known;
  };
  return { hits, now, today: clock(now).day, timeZone, quirks };
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
  const { now, quirks } = property;
  const made: Report[] = requests.map((request) => {
    if (request.property !== undefined && request.property !== `properties/${call.propertyId}`) {
      throw invalid(`The property ${request.property} is not the one that the call is for.`);
    }
    return reportOf(request, property);
  });
  return made.map(({ wire, tokens }, index) => {
    if (quirks.thresholded === true) quota.chargeThresholded(now);
    quota.charge(now, tokens);
    return requests[index]?.returnPropertyQuota === true
      ? { ...wire, propertyQuota: quota.status(now, tokens) }
      : wire;
  });
}

function refuseProperty({ method, propertyId }: Call, state: SandboxState): void {
  if (!/^\d+$/.test(propertyId)) {
    throw invalid(`Invalid property ID: ${propertyId}. A numeric Property ID is required.`);
  }
  if (method === 'getMetadata' && propertyId === '0') return;
  if (propertyId !== state.ga4.propertyId) throw noAccess();
}

/** One clock for each zone, because a clock remembers what it has worked out. */
function clocks(): (timeZone: string) => LocalClock {
  const known = new Map<string, LocalClock>();
  return (timeZone) => {
    const clock = known.get(timeZone) ?? localClock(timeZone);
    known.set(timeZone, clock);
    return clock;
  };
}
