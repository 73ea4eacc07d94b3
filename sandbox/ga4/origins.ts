import type { Channel, Session } from '../model/activity.ts';
import { hash } from '../model/random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from '../model/time.ts';

/** Where a visit came from, as the traffic-source columns tell it. */
export type Origin = { channel: string; source: string; medium: string };

const SOURCES: Readonly<Record<Channel, { medium: string; sources: readonly string[] }>> = {
  Direct: { medium: '(none)', sources: ['(direct)'] },
  'Organic Search': { medium: 'organic', sources: ['google', 'google', 'google', 'bing', 'duckduckgo'] },
  'Paid Search': { medium: 'cpc', sources: ['google'] },
  Referral: { medium: 'referral', sources: ['partner.example', 'reviews.example', 'blog.example'] },
  Email: { medium: 'email', sources: ['newsletter'] },
  'Organic Social': { medium: 'social', sources: ['linkedin.example', 'social.example'] },
};

/** The origin once everything is processed. The model knows the channel; a source that fits it is chosen by the visit. */
export function originOf({ channel, sessionId }: Pick<Session, 'channel' | 'sessionId'>): Origin {
  const { medium, sources } = SOURCES[channel];
  return { channel, source: sources[hash(sessionId, 'source') % sources.length] ?? '(direct)', medium };
}

export const NOTHING_SET: Origin = { channel: '(not set)', source: '(not set)', medium: '(not set)' };
const UNPROCESSED: Origin = {
  channel: '(data not available)',
  source: '(data not available)',
  medium: '(data not available)',
};
const PROCESSING_SECONDS = 8 * HOUR_SECONDS;

/**
 * The origin as it is believed at a moment, where attribution takes its time: not available for eight hours, and for
 * every third visit `Direct` until the days are over.
 */
export function believedOrigin(session: Session, now: EpochSeconds, days: number | undefined): Origin {
  const age = now - session.at;
  if (days === undefined || age >= days * DAY_SECONDS) return originOf(session);
  if (age < PROCESSING_SECONDS) return UNPROCESSED;
  const isMisread = hash(session.sessionId, 'credit') % 3 === 0;
  return isMisread ? { channel: 'Direct', source: '(direct)', medium: '(none)' } : originOf(session);
}
