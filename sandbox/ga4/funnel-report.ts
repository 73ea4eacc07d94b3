import type { DayRange } from './days.ts';
import { dimensionOf, type Lens } from './dimensions.ts';
import { type FunnelPlan, funnelPlan } from './funnel-plan.ts';
import type { FunnelRequest } from './funnel-request.ts';
import { type Walk, walkOf } from './funnel-walk.ts';
import type { Hit } from './hits.ts';
import { samplingOf } from './metadata.ts';
import type { Property } from './property.ts';
import { guessed, isThresholded, isWithheld, sampledShare } from './quirks.ts';
import { listed, wireRow } from './wire-row.ts';

const TOTAL = 'RESERVED_TOTAL';
const METRICS = [
  'activeUsers',
  'funnelStepCompletionRate',
  'funnelStepAbandonments',
  'funnelStepAbandonmentRate',
] as const;

/** How many came to a step, and how many of those went on; `segment` is null for everybody. */
type Count = { step: number; segment: string | null; users: number; wentOn: number };
type Part = { range: DayRange; counts: Count[]; hitCount: number; sampled: number };

export type FunnelReport = { wire: Record<string, unknown>; tokens: number; isThresholded: boolean };

/** @throws Refusal for a request that Google, or the sandbox, does not take */
export function funnelReport(request: FunnelRequest, property: Property): FunnelReport {
  const plan = funnelPlan(request, property.today);
  const parts = plan.ranges.map((range) => partOf(plan, range, property));
  const isShort = isThresholded(property.quirks, plan.touched);
  const lines = parts.flatMap(({ range, counts }) =>
    counts.filter(({ users }) => !isShort || !isWithheld(users)).map((count) => ({ count, range })),
  );
  const isSampled = parts.some(({ sampled }) => sampled < 1);
  const metadata = isSampled ? { samplingMetadatas: parts.map(samplingOf) } : {};
  const headers = [
    'funnelStepName',
    ...(plan.breakdown === null ? [] : [plan.breakdown.column.name]),
    ...(plan.ranges.length > 1 ? ['dateRange'] : []),
  ].map((name) => ({ name }));
  const columns = (names: readonly string[]) => names.map((name) => ({ name, type: 'TYPE_INTEGER' }));
  const twice = property.quirks.funnelHeadersOnce === true ? METRICS : [...METRICS, ...METRICS];
  const tableRows = lines.map((line) => wireCells(labelsOf(plan, line, TOTAL), cellsOf(plan, line.count)));
  const seen = lines.filter(({ count }) => plan.breakdown === null || count.segment !== null);
  const seenRows = seen.map((line) =>
    wireRow({ dimensions: labelsOf(plan, line, TOTAL), numbers: [line.count.users] }),
  );
  const wire = {
    funnelTable: {
      dimensionHeaders: headers,
      metricHeaders: columns(twice),
      ...listed('rows', tableRows.slice(0, plan.limit)),
      metadata,
    },
    funnelVisualization: {
      dimensionHeaders: headers,
      metricHeaders: columns(['activeUsers']),
      ...listed('rows', seenRows.slice(0, plan.limit)),
      metadata,
    },
    kind: 'analyticsData#runFunnelReport',
  };
  return { wire, tokens: plan.tokens, isThresholded: isShort };
}

function partOf(plan: FunnelPlan, range: DayRange, property: Property): Part {
  const { firstOf, originOf, quirks } = property;
  const lens: Lens = { range, cohort: null, firstOf, originOf };
  const hits = property.hits(range);
  const steps = plan.steps.map(({ isDirectly, withinSeconds, test }) => ({
    isDirectly,
    withinSeconds,
    test: (hit: Hit) => test(hit, lens),
  }));
  const passing = asEvents(hits).filter((hit) => plan.passes((field) => dimensionOf(hit, field, lens)));
  const walks = [...byDevice(passing).values()].map((events) => walkOf(events, steps, plan.isOpen));
  const sampled = sampledShare(quirks, range, hits.length);
  const counts = countsOf(plan, walks, lens).map((count) => {
    const label = `${count.step} ${count.segment ?? ''}`;
    const users = guessed(count.users, 'activeUsers', sampled, label);
    return { ...count, users, wentOn: Math.min(users, guessed(count.wentOn, 'wentOn', sampled, label)) };
  });
  return { range, counts, hitCount: hits.length, sampled };
}

/** What GA4 collects by itself stands among the events here: a visit begins with `session_start`, the first with `first_visit`. */
function asEvents(hits: readonly Hit[]): Hit[] {
  const collected = hits.flatMap((hit) => {
    if (hit.isEvent || hit.visit === null) return [];
    const names = hit.visit.session.newDevice ? ['first_visit', 'session_start'] : ['session_start'];
    return names.map((eventName) => ({ ...hit, eventName, isEvent: true }));
  });
  // A stable sort: in one second, what is collected comes first.
  return [...collected, ...hits.filter(({ isEvent }) => isEvent)].toSorted((one, other) => one.at - other.at);
}

function byDevice(hits: readonly Hit[]): Map<string, Hit[]> {
  const devices = new Map<string, Hit[]>();
  for (const hit of hits) {
    const events = devices.get(hit.deviceId);
    if (events === undefined) devices.set(hit.deviceId, [hit]);
    else events.push(hit);
  }
  return devices;
}

/** A step that nobody reached is left out, for everybody and for each segment. */
function countsOf(plan: FunnelPlan, walks: readonly Walk[], lens: Lens): Count[] {
  const { breakdown } = plan;
  const count = (step: number, segment: string | null, of: readonly Walk[]): Count => ({
    step,
    segment,
    users: of.filter(({ reached }) => reached[step]).length,
    wentOn: of.filter(({ wentOn }) => wentOn[step]).length,
  });
  const steps = plan.steps.map((_, step) => step);
  const all = steps.map((step) => count(step, null, walks));
  if (breakdown === null) return all.filter(({ users }) => users > 0);
  const segments = new Map<string, Walk[]>();
  for (const walk of walks) {
    if (walk.firstHit === null) continue;
    const hit = walk.firstHit;
    const { sources, shown } = breakdown.column;
    const segment = shown(sources.map((name) => dimensionOf(hit, name, lens)));
    segments.set(segment, [...(segments.get(segment) ?? []), walk]);
  }
  // Only the largest are told apart; the others are in the total alone.
  const largest = [...segments].toSorted(([, one], [, other]) => other.length - one.length);
  const told = largest.slice(0, breakdown.limit);
  return steps
    .flatMap((step) => [
      ...all.filter((one) => one.step === step),
      ...told.map(([segment, of]) => count(step, segment, of)),
    ])
    .filter(({ users }) => users > 0);
}

type Line = { count: Count; range: DayRange };

function labelsOf(plan: FunnelPlan, { count, range }: Line, total: string): string[] {
  return [
    plan.steps[count.step]?.label ?? '',
    ...(plan.breakdown === null ? [] : [count.segment ?? total]),
    ...(plan.ranges.length > 1 ? [range.name] : []),
  ];
}

/** The rates speak of the way to the next step. The last has none: zero, or nothing at all where there is a breakdown. */
function cellsOf(plan: FunnelPlan, { step, users, wentOn }: Count): string[] {
  if (step === plan.steps.length - 1) {
    const none = plan.breakdown === null ? '0' : '';
    return [String(users), none, '0', none];
  }
  const rates = [wentOn / users, users - wentOn, (users - wentOn) / users];
  return [users, ...rates].map(String);
}

function wireCells(labels: readonly string[], values: readonly string[]): Record<string, unknown> {
  return {
    dimensionValues: labels.map((value) => ({ value })),
    metricValues: values.map((value) => ({ value })),
  };
}
