/**
 * Names that Google has replaced. It takes the old ones for a while and refuses them one day, so what is asked for are
 * the names of today.
 *
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/changelog
 */
const RENAMED: Readonly<Record<string, string>> = {
  conversions: 'keyEvents',
  sessionConversionRate: 'sessionKeyEventRate',
  userConversionRate: 'userKeyEventRate',
  advertiserAdCostPerConversion: 'advertiserAdCostPerKeyEvent',
  isConversionEvent: 'isKeyEvent',
  sessionDefaultChannelGrouping: 'sessionDefaultChannelGroup',
  firstUserDefaultChannelGrouping: 'firstUserDefaultChannelGroup',
  defaultChannelGrouping: 'defaultChannelGroup',
};

/** The name of today; `conversions:sign_up` is `keyEvents:sign_up`. */
export function currentName(name: string): string {
  const [base = name, ...rest] = name.split(':');
  return [RENAMED[base] ?? base, ...rest].join(':');
}

/** Counts of people, each of whom may be there on several days. New users are not: everybody is new once. */
export function countsPeople(name: string): boolean {
  return !isCustom(name) && name !== 'newUsers' && /(Users|Purchasers|Viewers)(:|$)/i.test(name);
}

/** Rates, averages and other quotients, of which no sum means anything. */
export function isQuotient(name: string): boolean {
  if (isCustom(name) || name === 'userEngagementDuration') return false;
  return /Rate(:|$)|Duration$|^average|Average|Per[A-Z]|^returnOnAdSpend|^cohort/.test(name);
}

/** Whether its days add up to the total of the days. */
export function addsUp(name: string): boolean {
  return !countsPeople(name) && !isQuotient(name);
}

/** What Google counts in a currency. */
export function isMoney(name: string): boolean {
  return /(Revenue|Amount|AdCost)$/.test(name);
}

/** Metrics and dimensions that the owner of the property has made: their names say nothing to us. */
export function isCustom(name: string): boolean {
  return /^custom(Event|User|Item):/.test(name);
}

/** Days that a number may still move by: events come in for three, credit for what led to them wanders for twelve. */
export function settleDays(metrics: readonly string[], dimensions: readonly string[]): number {
  const origins = dimensions.filter((name) => /source|medium|campaign|channelGroup/i.test(name));
  const isCredit =
    origins.some((name) => !/^(session|firstUser)/.test(name)) ||
    (origins.length > 0 && metrics.some((name) => /keyEvent|Revenue|transactions|purchases/i.test(name)));
  return isCredit ? 12 : 3;
}

/** The known names that the unknown one may be a slip of, nearest first; at most three. */
export function nearNames(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  // What stands before a colon is the same for many names, and may not make them look alike.
  const own = name.slice(name.indexOf(':') + 1);
  const most = Math.max(2, Math.floor(own.length / 3));
  return known
    .map((one) => ({ one, distance: distanceOf(wanted, one.toLowerCase(), most) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1))
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Letters to change, add or leave out (Levenshtein); more than `most` is not told apart. */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, letter] of Array.from(a).entries()) {
    const next = [at + 1];
    for (const [to, other] of Array.from(b).entries()) {
      const changed = (row[to] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? most + 1;
}
