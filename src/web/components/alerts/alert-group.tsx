import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { titleIn } from '../../../i18n/index.ts';
import type { Alert } from '../../alerts-queries.ts';
import { useServerNow } from '../../clock.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import { agoOf } from '../../words.ts';
import { FormProblem } from '../form.tsx';
import { KindBadge, StateBadges } from './alert-badges.tsx';
import { type AlertGroup, alertReason, kindWord } from './alert-words.ts';
import { useAlertActions } from './use-alert-actions.ts';

type GroupProps = { group: AlertGroup; onSnooze: (alert: Alert) => void };

/** What is wrong with one Key Result or one connection. */
export function AlertGroupCard({ group, onSnooze }: GroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-3 rounded-xl border border-line bg-surface">
      <div className="flex flex-wrap items-baseline gap-x-3 px-4 pt-3 sm:px-5">
        <h3 id={id} className="min-w-0 font-semibold break-words">
          <SubjectLink group={group} />
        </h3>
        <code className="min-w-0 font-mono text-xs break-all text-muted">{group.key}</code>
      </div>
      <ul className="divide-y divide-line">
        {group.alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} onSnooze={onSnooze} />
        ))}
      </ul>
    </section>
  );
}

function SubjectLink({ group }: { group: AlertGroup }) {
  const { t } = useLanguage();
  const { about, key } = group;
  const title = titleIn(t.lang, group);
  return about === 'connection' ? (
    <Link to="/connections/$key" params={{ key }} search={{}} className="hover:underline">
      {title}
    </Link>
  ) : (
    <Link to="/key-results/$key" params={{ key }} search={{}} className="hover:underline">
      {title}
    </Link>
  );
}

function AlertLine({ alert, onSnooze }: { alert: Alert; onSnooze: (alert: Alert) => void }) {
  const { t, format } = useLanguage();
  const reason = alertReason(t, format, alert);
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap gap-1.5">
          <KindBadge alert={alert} />
          <StateBadges alert={alert} />
        </div>
        {reason === null ? null : <p className="mt-1.5 leading-relaxed break-words">{reason}</p>}
        <AlertFacts alert={alert} />
      </div>
      <AlertButtons alert={alert} onSnooze={onSnooze} />
    </li>
  );
}

/** Since when, whose it is, and who knows. */
function AlertFacts({ alert }: { alert: Alert }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const { owner, resolvedAt, since, toldChannels } = alert;
  const over = alert.state === 'resolved' || alert.state === 'closed';
  const told = toldChannels.join(t('web.alerts.comma'));
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 text-[13px] text-muted">
      <span title={format.instant(since)}>{t('web.alerts.since', { ago: agoOf(t, since, now) ?? '' })}</span>
      {over && resolvedAt !== null ? (
        <span title={format.instant(resolvedAt)}>
          {t('web.alerts.over_since', { ago: agoOf(t, resolvedAt, now) ?? '' })}
        </span>
      ) : null}
      <span>{owner === null ? t('web.alerts.no_owner') : t('alert.owner', { owner })}</span>
      {over ? null : (
        <span>{told === '' ? t('web.alerts.nobody_told') : t('web.alerts.told', { channels: told })}</span>
      )}
    </p>
  );
}

function AlertButtons({ alert, onSnooze }: { alert: Alert; onSnooze: (alert: Alert) => void }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { acknowledge, withdraw } = useAlertActions();
  const kind = kindWord(t, alert.kind);
  const named = (action: string) =>
    t('web.alerts.action_of', { action, kind, title: titleIn(t.lang, alert) });
  const open = alert.state === 'firing' || alert.state === 'pending';
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap gap-2">
        {!mayEdit || alert.state !== 'firing' ? null : alert.acknowledged === null ? (
          <button
            type="button"
            disabled={acknowledge.busy}
            aria-label={named(t('web.alerts.acknowledge'))}
            onClick={() => void acknowledge.run({ alert, note: '' })}
            className="button min-h-8"
          >
            {t('web.alerts.acknowledge')}
          </button>
        ) : (
          <button
            type="button"
            disabled={withdraw.busy}
            aria-label={named(t('web.alerts.withdraw'))}
            onClick={() => void withdraw.run(alert)}
            className="button min-h-8"
          >
            {t('web.alerts.withdraw')}
          </button>
        )}
        {mayEdit && open ? (
          <button
            type="button"
            aria-label={named(t('web.alerts.snooze'))}
            onClick={() => onSnooze(alert)}
            className="button min-h-8"
          >
            {t('web.alerts.snooze')}
          </button>
        ) : null}
        <Link
          to="/alerts/$id"
          params={{ id: alert.id }}
          search={{}}
          aria-label={named(t('web.alerts.story'))}
          className="button inline-flex min-h-8 items-center"
        >
          {t('web.alerts.story')}
        </Link>
      </div>
      <FormProblem error={acknowledge.error ?? withdraw.error} />
    </div>
  );
}
