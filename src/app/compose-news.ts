import { type Calm, dueDigest, nextOpening } from '../domain/calm.ts';
import { digestOf } from './compose-digest.ts';
import { type Frame, isFresh, messagesOf } from './compose-messages.ts';
import { grouped } from './grouped.ts';
import type { NewsEvent } from './news.ts';
import type { ComposingChannel, Composition, Standing, WaitingNotice } from './ports-alerting.ts';

/** Beyond this the rest of the hour waits. */
const PER_HOUR = 30;
const MINUTE_MS = 60_000;

/**
 * What a channel is sent now, out of the news that waits for it. What is over before anybody was told is dropped; of
 * several pieces of news about one alert the newest goes; news of one group travels together, not more often than the
 * channel's settings say, and never in its quiet hours; what is too much for a day goes into the digest.
 */
export async function composeNews(
  channel: ComposingChannel,
  notices: WaitingNotice[],
  standing: () => Promise<Standing>,
  now: Date,
  appUrl: string,
): Promise<Composition> {
  const { dropped, live } = collapse(notices);
  const frame = { channel, now, appUrl, notices, live, outdated: outdatedMessages(notices, dropped) };
  const calm = calmOf(channel);
  const isOpen = nextOpening(calm, now) <= now;
  const composed: Composition = { messages: [], dropped, postponed: [], digestAt: null };
  for (const [groupKey, group] of groupsOf(live)) {
    const isTime = isOpen && isDue(channel, groupKey, group, now);
    const waits = isTime && isTooMuch(channel, composed.messages.length) && !group.some(isUrgent);
    if (waits) composed.postponed.push(...group.filter(isFresh).map(({ id }) => id));
    const room = Math.max(0, PER_HOUR - channel.composedLastHour - composed.messages.length);
    const told = isTime && !waits && room > 0 ? group.filter(mayTravel) : [];
    // What takes the place of a message that lies there already adds none to the reader's day.
    composed.messages.push(
      ...(told.length > 0
        ? messagesOf(frame, groupKey, told).slice(0, room)
        : messagesOf(frame, groupKey, correctionOf(frame, group))),
    );
  }
  const { settings } = channel;
  if (settings.digest === null) return composed;
  const due = dueDigest(settings.digest, calm, channel.digestAt, now);
  if (due === null) return composed;
  const waiting = live.filter(({ id, lane }) => lane === 'digest' || composed.postponed.includes(id));
  const digest = await digestOf(frame, calm, due, waiting, standing);
  if (digest !== null) composed.messages.push(digest);
  return { ...composed, digestAt: now };
}

function calmOf({ settings, timeZone }: ComposingChannel): Calm {
  const { quietHours, workingDays } = settings;
  return { timeZone: settings.timeZone ?? timeZone, quietHours, workingDays };
}

/** That something critical is over can wait. */
const isUrgent = ({ event, severity }: WaitingNotice): boolean => severity === 'critical' && !ends.has(event);
/** What was tried may have arrived: it goes out again under its own id, and under no other. */
const mayTravel = ({ unsent }: WaitingNotice): boolean => unsent?.wasTried !== true;
const begins = new Set<NewsEvent>([
  'key_result.off_track',
  'key_result.no_data',
  'connection.no_data',
  'connection.failing',
]);
const ends = new Set<NewsEvent>([
  'key_result.recovered',
  'key_result.achieved',
  'key_result.data_back',
  'connection.data_back',
  'connection.working',
]);

/** Of each alert the newest news, and none where it began and ended before anything was sent. */
function collapse(notices: WaitingNotice[]): { live: WaitingNotice[]; dropped: string[] } {
  const live: WaitingNotice[] = [];
  const dropped: string[] = [];
  for (const ofAlert of grouped(notices, ({ alertId }) => alertId).values()) {
    const last = ofAlert.at(-1);
    if (last === undefined) continue;
    // What was tried may have arrived, and its end is then news.
    const unheard = ofAlert.some(({ event, unsent }) => begins.has(event) && unsent?.wasTried !== true);
    const isOver = ends.has(last.event);
    const older = ofAlert.slice(0, -1).filter(({ unsent }) => unsent === null);
    dropped.push(...older.map(({ id }) => id));
    if (isOver && unheard) {
      dropped.push(...ofAlert.map(({ id }) => id).filter((id) => !dropped.includes(id)));
    } else {
      // News that stands in an unsent message travels again with what is newer.
      live.push(last);
    }
  }
  return { live, dropped };
}

/** Unsent messages that say something which is over: what else they say has to be said anew. */
function outdatedMessages(notices: WaitingNotice[], dropped: string[]): Set<string> {
  const gone = new Set(dropped);
  return new Set(
    notices.flatMap(({ id, unsent }) => (unsent !== null && gone.has(id) ? [unsent.outboxId] : [])),
  );
}

/** At any hour: the message it replaces would have gone out as it is. */
function correctionOf({ outdated }: Frame, group: WaitingNotice[]): WaitingNotice[] {
  return group.filter((notice) => mayTravel(notice) && outdated.has(notice.unsent?.outboxId ?? ''));
}

function groupsOf(notices: WaitingNotice[]): Map<string, WaitingNotice[]> {
  return grouped(
    notices.filter(({ lane }) => lane === 'now'),
    ({ groupKey }) => groupKey,
  );
}

/** A group is due when one of it has waited long enough, and the last message about it was long enough ago. */
function isDue(channel: ComposingChannel, groupKey: string, group: WaitingNotice[], now: Date): boolean {
  const fresh = group.filter(isFresh);
  if (!fresh.some(({ dueAt }) => dueAt <= now)) return false;
  const last = channel.lastByGroup.get(groupKey);
  if (last === undefined || fresh.some(isUrgent)) return true;
  return now.getTime() - last.getTime() >= channel.settings.groupIntervalMinutes * MINUTE_MS;
}

function isTooMuch({ composedToday, settings }: ComposingChannel, more: number): boolean {
  const { digest, immediatePerDay } = settings;
  return digest !== null && immediatePerDay !== null && composedToday + more >= immediatePerDay;
}
