/** What one channel has been told of one episode of an alert. */
export type Told = {
  /** `assumed`: it fired before the channel was there, so its end is no news to it either. */
  state: 'nothing' | 'assumed' | 'firing' | 'over';
  severity: AlertSeverity;
  /** When something was last said; null before. */
  lastAt: Date | null;
  /** How often something was said; part of the key that keeps it from being said twice. */
  said: number;
};

export type AlertSeverity = 'warning' | 'critical';

/** An episode as it stands. */
export type Episode = {
  state: 'pending' | 'firing' | 'resolved' | 'closed';
  severity: AlertSeverity;
  firedAt: Date | null;
  /** It ended at least one evaluated day after it fired: a shorter one is not worth a second message. */
  lasted: boolean;
};

/** What decides whether a channel may be spoken to now. */
export type Circumstances = {
  now: Date;
  channelSince: Date;
  /** A silence covers it now. */
  snoozed: boolean;
  /** When the last silence that covered it has ended; null when none did. */
  snoozeEndedAt: Date | null;
  /** Something worse is being said already: the source of the numbers is away, or the connection itself fails. */
  inhibited: boolean;
  /** Somebody takes care of it, at that severity; null while nobody said so. */
  acknowledged: AlertSeverity | null;
  /** Something that goes on unchanged is said again after so long; null: never. */
  repeatAfterMs: number | null;
};

export type Saying = 'fired' | 'got_worse' | 'still' | 'over';

export const nothingTold: Told = { state: 'nothing', severity: 'warning', lastAt: null, said: 0 };

/**
 * Compares what is with what was told, and says the difference: so it may run at any moment and as often as one likes,
 * and what could not be said before (a silence, a source that was away, a channel that was off) is said when it can be.
 *
 * An episode is told once when it fires and once when it is over; in between only when it gets worse, when a silence
 * ends and it still burns, or after `repeatAfterMs` while nobody has acknowledged it. Its end is told only to those
 * who were told that it began.
 */
export function tell(told: Told, episode: Episode, now: Circumstances): { told: Told; say: Saying | null } {
  if (episode.state === 'pending' || told.state === 'over') return { told, say: null };
  if (told.state === 'nothing' && episode.firedAt !== null && episode.firedAt < now.channelSince) {
    return tell(
      { ...told, state: 'assumed', severity: episode.severity, lastAt: now.channelSince },
      episode,
      now,
    );
  }
  if (now.snoozed || now.inhibited) return { told, say: null };
  return episode.state === 'firing' ? burning(told, episode, now) : ended(told, episode, now);
}

function burning(told: Told, { severity }: Episode, now: Circumstances): { told: Told; say: Saying | null } {
  const say = (saying: Saying): { told: Told; say: Saying } => ({
    told: { state: 'firing', severity, lastAt: now.now, said: told.said + 1 },
    say: saying,
  });
  if (told.state === 'nothing') return say('fired');
  if (severity === 'critical' && told.severity === 'warning') return say('got_worse');
  const { lastAt } = told;
  if (lastAt === null) return { told, say: null };
  if (now.acknowledged !== null && (now.acknowledged === 'critical' || severity === 'warning'))
    return { told, say: null };
  if (now.snoozeEndedAt !== null && now.snoozeEndedAt > lastAt) return say('still');
  const isTime = now.repeatAfterMs !== null && now.now.getTime() - lastAt.getTime() >= now.repeatAfterMs;
  return isTime ? say('still') : { told, say: null };
}

function ended(
  told: Told,
  { lasted, state }: Episode,
  now: Circumstances,
): { told: Told; say: Saying | null } {
  const isNews = told.state === 'firing' && state === 'resolved' && lasted;
  if (!isNews) return { told: { ...told, state: 'over' }, say: null };
  return { told: { ...told, state: 'over', lastAt: now.now, said: told.said + 1 }, say: 'over' };
}
