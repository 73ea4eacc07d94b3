import type { ReactNode } from 'react';
import type { Alert } from '../../alerts-queries.ts';
import { useLanguage } from '../../language.tsx';
import { Icon } from '../icons.tsx';
import { kindWord } from './alert-words.ts';

const tones = {
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
  good: 'bg-good-soft text-good',
  quiet: 'bg-quiet-soft text-quiet',
  calm: 'bg-calm-soft text-calm',
} as const;
export type BadgeTone = keyof typeof tones;

/** A word on its colour, with a shape where one says it at a glance. */
export function Badge({ children, icon, tone }: { children: ReactNode; icon?: string; tone: BadgeTone }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1.5 rounded-full px-2 py-0.5 text-[13px] leading-5 font-medium ${tones[tone]}`}
    >
      {icon === undefined ? null : <Icon path={icon} />}
      <span className="min-w-0 truncate">{children}</span>
    </span>
  );
}

export const shapes = {
  critical: 'M8 2.4 14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.2',
  warning: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8v3.8M8 11v.2',
  pending: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8V8l2.2 1.6',
  over: 'M3.2 8.4 6.6 11.8 13 4.6',
  failed: 'M4 4l8 8M12 4l-8 8',
  asleep: 'M12.6 9.6A5.4 5.4 0 1 1 6.4 3.4a4.4 4.4 0 0 0 6.2 6.2Z',
  person: 'M8 2.2a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM2.8 14c.4-2.8 2.4-4.2 5.2-4.2s4.8 1.4 5.2 4.2',
} as const;

/** What it is and how bad, in the colour of how it stands. */
export function KindBadge({ alert }: { alert: Alert }) {
  const { t } = useLanguage();
  const { kind, severity, state } = alert;
  const burns = state === 'firing';
  const tone = !burns ? 'quiet' : severity === 'critical' ? 'bad' : 'warn';
  return (
    <Badge tone={tone} icon={severity === 'critical' ? shapes.critical : shapes.warning}>
      {severity === 'critical' ? t('web.alerts.critical', { kind: kindWord(t, kind) }) : kindWord(t, kind)}
    </Badge>
  );
}

/** How it stands, when that is not simply "fires": about to, over, looked after, silent. */
export function StateBadges({ alert }: { alert: Alert }) {
  const { t, format } = useLanguage();
  const { acknowledged, snoozedUntil, state } = alert;
  return (
    <>
      {state === 'firing' ? null : (
        <Badge
          tone={state === 'pending' ? 'quiet' : 'good'}
          icon={state === 'pending' ? shapes.pending : shapes.over}
        >
          {t(`alert.${state}`)}
        </Badge>
      )}
      {acknowledged === null ? null : (
        <Badge tone="calm" icon={shapes.person}>
          {t('web.alerts.acknowledged_by', { by: acknowledged.by })}
        </Badge>
      )}
      {snoozedUntil === null ? null : (
        <Badge tone="calm" icon={shapes.asleep}>
          {t('web.alerts.snoozed_until', { until: format.instant(snoozedUntil) })}
        </Badge>
      )}
    </>
  );
}
