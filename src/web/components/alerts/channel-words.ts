import type { Translate } from '../../../i18n/index.ts';
import type { Channel, ChannelSettings } from '../../alerts-queries.ts';
import { weekdays } from './channel-settings.ts';

/** Of what and when a channel hears, in plain sentences; null for one that is told no news. */
export function channelSentences(t: Translate, { settings }: Channel): string[] | null {
  if (settings === null) return null;
  const { owners, topics, warnings } = settings;
  const comma = t('web.alerts.comma');
  return [
    t('web.channels.says.topics', {
      topics: topics.map((topic) => t(`web.channels.topic.${topic}`)).join(comma),
    }),
    owners === null ? null : t('web.channels.says.owners', { owners: owners.join(comma) }),
    quietText(t, settings),
    daysText(t, settings),
    digestText(t, settings),
    settings.digest !== null && warnings === 'digest' ? t('web.channels.says.warnings') : null,
  ].filter((part) => part !== null);
}

function quietText(t: Translate, { quietHours, timeZone }: ChannelSettings): string | null {
  if (quietHours === null) return null;
  const zone = timeZone ?? t('web.channels.zone_workspace');
  return t('web.channels.says.quiet', { from: quietHours.from, to: quietHours.to, zone });
}

function daysText(t: Translate, { workingDays }: ChannelSettings): string | null {
  if (workingDays.length === 7) return null;
  const names = weekdays(t.lang).filter(({ day }) => workingDays.includes(day));
  return t('web.channels.says.days', { days: names.map(({ name }) => name).join(t('web.alerts.comma')) });
}

function digestText(t: Translate, { digest }: ChannelSettings): string {
  if (digest === null) return t('web.channels.says.no_digest');
  if (digest.period === 'daily') return t('web.channels.says.daily', { at: digest.at });
  const day = weekdays(t.lang).find((each) => each.day === digest.weekday)?.name ?? '';
  return t('web.channels.says.weekly', { at: digest.at, day });
}
