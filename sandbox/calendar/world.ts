/** How an event repeats, from its own start on. */
export type Repeats = {
  every: 'day' | 'week' | 'month' | 'year';
  interval?: number;
  /** Weekdays, of a month with a number before them: `2TU`, `-1FR`. */
  on?: readonly string[];
  /** How often in all; else until the last day, else for ever. */
  times?: number;
  untilDay?: string;
};

/** One time of a repeating event that is another than the rule says. */
export type Changed = {
  /** The start that it has by the rule, on the event's wall. */
  of: string;
  start?: string;
  minutes?: number;
  title?: string;
  categories?: readonly string[];
  cancelled?: boolean;
  /** All later ones as well. */
  andLater?: boolean;
};

/**
 * An event as its owner entered it. Starts are wall time without a zone: `2026-03-02T09:00`, or `2026-03-02` for whole days.
 */
export type CalendarEntry = {
  uid: string;
  title: string;
  categories?: readonly string[];
  start: string;
  /** An IANA zone, `UTC`, or null for a time that is the same on every wall. */
  zone: string | null;
  /** How long: minutes, or whole days. */
  minutes?: number;
  days?: number;
  repeats?: Repeats;
  /** Further starts, and starts that are taken out. */
  also?: readonly string[];
  without?: readonly string[];
  changed?: readonly Changed[];
  cancelled?: boolean;
  /** When it was entered; the calendar shows it after its cache is renewed. Always there when left out. */
  enteredAt?: string;
};

/** A calendar as it is now, and how it is served. Plain data: whoever fills it knows nothing of iCalendar. */
export type CalendarWorld = {
  nowSeconds: number;
  name: string;
  entries: readonly CalendarEntry[];
  /** Where it is: the path holds the key. Any other path is "not found", also one whose key was reset. */
  path: string;
  /** Asked for beside the path, or null. */
  account: { user: string; password: string } | null;
  /** Titles and categories are not shown, as of a calendar that shares no more than when somebody is busy. */
  busyOnly: boolean;
  /** What zones are called, where it is not their IANA name: Outlook's are "Eastern Standard Time" and the like. */
  zoneNames: Readonly<Record<string, string>>;
  /** The address is a copy that is renewed so seldom. */
  cacheSeconds: number;
  /** Single events that ended longer ago are left out; null: none. */
  pastDays: number | null;
  /** More requests in one second than this are refused; null: any number. */
  requestsPerSecond: number | null;
};

export function calendarWorldOf(given: Partial<CalendarWorld> = {}): CalendarWorld {
  return {
    nowSeconds: Date.parse('2026-03-20T12:00:00Z') / 1_000,
    name: 'Research',
    entries: [],
    path: '/calendar/ical/research%40group.calendar.example/private-kEpt0utOfSight/basic.ics',
    account: null,
    busyOnly: false,
    zoneNames: {},
    cacheSeconds: 0,
    pastDays: null,
    requestsPerSecond: null,
    ...given,
  };
}

/** What the copy holds now. */
export function shownEntries({
  cacheSeconds,
  entries,
  nowSeconds,
  pastDays,
}: CalendarWorld): CalendarEntry[] {
  const nowMs = nowSeconds * 1_000;
  const copiedMs = cacheSeconds === 0 ? nowMs : nowMs - (nowMs % (cacheSeconds * 1_000));
  const oldestMs = pastDays === null ? Number.NEGATIVE_INFINITY : nowMs - pastDays * 86_400_000;
  return entries.filter(
    ({ enteredAt, repeats, start }) =>
      (enteredAt === undefined || Date.parse(enteredAt) <= copiedMs) &&
      (repeats !== undefined || Date.parse(start.length > 10 ? `${start}:00Z` : start) >= oldestMs),
  );
}
