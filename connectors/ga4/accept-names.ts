import { currentName, isCustom, nearNames } from './names.ts';
import type { Catalogue } from './schema.ts';

/** What a definition asks for by name. What its owner wrote has to be known; the metrics that are ours always are. */
export type Terms = { ownMetrics: string[]; ownDimensions: string[]; ourMetrics: string[] };
export type Verdict = { problems: string[]; warnings: string[] };

type Known = Catalogue['metrics'][number];

/** `BlockedReason` by name, or by number as the official client may leave it. */
const BLOCKED: Record<string, string> = {
  NO_REVENUE_METRICS: 'revenue',
  NO_COST_METRICS: 'costs',
  '1': 'revenue',
  '2': 'costs',
};

/** Holds every name against what the property knows. */
export function checkNames(terms: Terms, { dimensions, metrics }: Catalogue): Verdict {
  const verdict: Verdict = { problems: [], warnings: [] };
  for (const name of new Set(terms.ownMetrics)) {
    const found = findName(name, metrics);
    if (found === null) verdict.problems.push(unknown('metric', name, metrics));
    else warnOfOldName(name, found.apiName, verdict);
  }
  for (const name of new Set(terms.ownDimensions)) {
    const found = findName(name, dimensions);
    if (found === null) verdict.problems.push(unknown('dimension', name, dimensions));
    else warnOfOldName(name, found.apiName, verdict);
  }
  for (const name of new Set([...terms.ownMetrics, ...terms.ourMetrics].map(currentName))) {
    refuseBlocked(findName(name, metrics), verdict);
  }
  return verdict;
}

function refuseBlocked(found: Known | null, { problems }: Verdict): void {
  const blocked = (found?.blockedReasons ?? []).map((reason) => BLOCKED[String(reason)] ?? String(reason));
  if (found === null || blocked.length === 0) return;
  problems.push(
    `The service account may not see ${blocked.join(' and ')}, so "${found.apiName}" would always be zero. Take the restriction from it in GA4 Admin, Property access management.`,
  );
}

/** By its name of today, or by one that Google has replaced. */
export function findName<T extends { apiName: string; deprecatedApiNames?: string[] | null | undefined }>(
  name: string,
  known: readonly T[],
): T | null {
  const today = currentName(name);
  return (
    known.find(({ apiName }) => apiName === name || apiName === today) ??
    known.find(({ deprecatedApiNames }) => deprecatedApiNames?.includes(name) === true) ??
    null
  );
}

function warnOfOldName(name: string, current: string, { warnings }: Verdict): void {
  if (name === current) return;
  warnings.push(`"${name}" is an old name, and Google will stop taking it: it is "${current}" today.`);
}

function unknown(
  kind: 'metric' | 'dimension',
  name: string,
  known: readonly Pick<Known, 'apiName' | 'uiName'>[],
): string {
  const near = nearNames(
    name,
    known.map(({ apiName }) => apiName),
  );
  // Somebody may know a name from the screen, where it is written in words.
  const onScreen = known.find(({ uiName }) => uiName?.toLowerCase() === name.toLowerCase())?.apiName;
  const meant = [...new Set([...(onScreen === undefined ? [] : [onScreen]), ...near])];
  const guess = meant.length === 0 ? '' : ` Did you mean ${meant.map((one) => `"${one}"`).join(' or ')}?`;
  if (isCustom(name)) {
    return `This property has no custom ${kind} "${name}".${guess} Create it in GA4 Admin, Custom definitions; it counts from then on.`;
  }
  const event = /KeyEvent\w*:(.+)$|^keyEvents:(.+)$/.exec(name);
  if (event !== null) {
    return `This property has no key event "${event[1] ?? event[2]}".${guess} Mark the event as a key event in GA4 Admin, Events.`;
  }
  return `This property has no ${kind} "${name}".${guess === '' ? ' Write it as the Data API does, such as eventCount.' : guess}`;
}
