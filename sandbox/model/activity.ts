import type { EpochSeconds } from './time.ts';

/**
 * What people did with the product, one entry each. `at` is when it happened, `seenAt` when the provider got to know:
 * phones send what they queued offline, servers import later. A provider only tells what it has seen.
 *
 * Most is seen within two hours, about 4 % 3 to 70 hours late and 0.5 % up to four and a half days late, never more
 * than `MOST_LATE_SECONDS`. About 0.7 % of events are sent twice: the copy is an entry of its own with the same
 * `insertId` and content and a later `seenAt`. A raw export shows both; a count folds them into one.
 */
export type Activity = Session | ProductEvent;

/** One visit. It belongs whole to the local day in which it began. */
export type Session = {
  kind: 'session';
  at: EpochSeconds;
  seenAt: EpochSeconds;
  sessionId: string;
  personId: string; // the resolved person, whatever device they used
  deviceId: string; // what GA4 counts as a user
  newDevice: boolean; // the first session ever on this device
  channel: Channel;
  device: 'desktop' | 'mobile' | 'tablet';
  country: string;
  engagedSeconds: number; // in the foreground; 0 for a bounce
  endedAt: EpochSeconds;
};

/** Nothing that the model makes is seen later than this after it happened: 4.8 days. */
export const MOST_LATE_SECONDS = 414_720;

/** One named event, with what an analytics tool would keep beside it. */
export type ProductEvent = {
  kind: 'event';
  at: EpochSeconds;
  seenAt: EpochSeconds;
  insertId: string; // 1 to 36 of A-Z a-z 0-9 -
  name: EventName | (string & {}); // further names come in through ingestion
  personId: string;
  deviceId: string;
  sessionId: string | null; // null: sent by a server, outside of any visit
  properties: Readonly<Record<string, string | number | boolean>>;
};

export type Channel = 'Direct' | 'Organic Search' | 'Paid Search' | 'Referral' | 'Email' | 'Organic Social';

/** The events that Acme's own product sends, by the name that Mixpanel knows them. */
export const EVENT_NAMES = [
  'Page Viewed',
  'Sign Up',
  'Project Created',
  'Report Shared',
  'Invite Sent',
  'Trial Started',
  'Subscription Started',
  'Survey Answered',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** The same events as GA4 names them: snake case, with Google's recommended names where there is one. */
export const GA4_NAMES: Readonly<Record<EventName, string>> = {
  'Page Viewed': 'page_view',
  'Sign Up': 'sign_up',
  'Project Created': 'project_created',
  'Report Shared': 'share',
  'Invite Sent': 'invite_sent',
  'Trial Started': 'begin_trial',
  'Subscription Started': 'purchase',
  'Survey Answered': 'survey_answered',
};

/** Those that the GA4 property marks as key events. */
export const KEY_EVENTS: readonly string[] = ['sign_up', 'begin_trial', 'purchase'];

/** What GA4 and Mixpanel call a person's first device when nothing else is known. */
export function firstDeviceOf(personId: string): string {
  return `${personId}-d1`;
}

/** Oldest first; entries of one second stay as they were written. */
export function sortByTime(all: readonly Activity[]): Activity[] {
  return all.toSorted((a, b) => a.at - b.at);
}

/** Everything that a provider has seen by one moment. */
export type SeenActivity = {
  /** What happened in `[from, to)` and was seen by now, oldest first. */
  between(from: EpochSeconds, to: EpochSeconds): readonly Activity[];
  /** When the company's history begins: nothing happened before. */
  since: EpochSeconds;
};

/** @param all oldest first by `at` */
export function seenBy(all: readonly Activity[], now: EpochSeconds, since: EpochSeconds): SeenActivity {
  return {
    since,
    between(from, to) {
      return all
        .slice(firstAtOrAfter(all, from), firstAtOrAfter(all, to))
        .filter(({ seenAt }) => seenAt <= now);
    },
  };
}

/** How many entries, oldest first, lie before an instant. */
export function firstAtOrAfter(all: readonly Activity[], at: EpochSeconds): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle] as Activity).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
