import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { titleIn } from '../../i18n/index.ts';
import { type AlertDetail, alertQuery } from '../alerts-queries.ts';
import { AcknowledgeDialog } from '../components/alerts/acknowledge-dialog.tsx';
import { KindBadge, StateBadges } from '../components/alerts/alert-badges.tsx';
import { AlertStory } from '../components/alerts/alert-story.tsx';
import { alertReason } from '../components/alerts/alert-words.ts';
import { SnoozeDialog } from '../components/alerts/snooze-dialog.tsx';
import { useAlertActions } from '../components/alerts/use-alert-actions.ts';
import { FormProblem } from '../components/form.tsx';
import { BackIcon } from '../components/icons.tsx';
import { isNotFound, Notice } from '../components/notices.tsx';
import { Asked, PageHead } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';
import { useWords } from '../use-words.ts';

const route = getRouteApi('/alerts/$id');

/**
 * The story of one alert. A link in a message says `?do=acknowledge` or `?do=snooze`: it opens the question, and nothing
 * changes before somebody presses the button.
 */
export function AlertPage() {
  const { t } = useLanguage();
  const { id } = route.useParams();
  const query = useQuery(alertQuery(id));
  if (query.data === undefined && isNotFound(query.error))
    return (
      <Notice title={t('web.alerts.not_found')}>
        <p>
          <Link to="/alerts" search={{}} className="link">
            {t('web.alerts.back')}
          </Link>
        </p>
      </Notice>
    );
  return <Asked query={query}>{(alert) => <Story alert={alert} />}</Asked>;
}

function Story({ alert }: { alert: AlertDetail }) {
  const { t, format } = useLanguage();
  const { words, put } = useWords();
  const reason = alertReason(t, format, alert);
  const close = () => put({ do: undefined });
  return (
    <>
      <PageHead
        title={titleIn(t.lang, alert)}
        back={
          <Link
            to="/alerts"
            search={{}}
            className="mb-2 inline-flex items-center gap-1 text-[13px] text-muted hover:text-ink"
          >
            <BackIcon />
            {t('web.alerts.back')}
          </Link>
        }
        actions={<Actions alert={alert} />}
      >
        <span className="flex flex-wrap gap-1.5">
          <KindBadge alert={alert} />
          {alert.state === 'firing' ? <span className="sr-only">{t('alert.firing')}</span> : null}
          <StateBadges alert={alert} />
        </span>
      </PageHead>
      <section className="card">
        {reason === null ? null : <p className="text-[16px] leading-relaxed break-words">{reason}</p>}
        <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2 text-[14px]">
          <Fact label={t('column.owner')} value={alert.owner ?? t('web.alerts.no_owner')} />
          <Fact label={t('web.alerts.seen')} value={format.instant(alert.seenAt)} />
          {alert.firedDay === null ? null : (
            <Fact label={t('web.alerts.fired_day')} value={format.day(alert.firedDay)} />
          )}
        </dl>
        <p className="mt-3">
          {alert.keyResultKey !== null ? (
            <Link to="/key-results/$key" params={{ key: alert.keyResultKey }} search={{}} className="link">
              {t('web.alerts.open_key_result')}
            </Link>
          ) : alert.connectionKey !== null ? (
            <Link to="/connections/$key" params={{ key: alert.connectionKey }} search={{}} className="link">
              {t('web.alerts.open_connection')}
            </Link>
          ) : null}
        </p>
      </section>
      <AlertStory alert={alert} />
      <AcknowledgeDialog alert={words['do'] === 'acknowledge' ? alert : null} onClose={close} />
      <SnoozeDialog alert={words['do'] === 'snooze' ? alert : null} onClose={close} />
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-[13px] text-muted">{label}</dt>
      <dd className="break-words">{value}</dd>
    </div>
  );
}

function Actions({ alert }: { alert: AlertDetail }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { put } = useWords();
  const { withdraw } = useAlertActions();
  if (!mayEdit) return <p className="text-[13px] text-muted">{t('web.alerts.viewer')}</p>;
  return (
    <>
      {alert.state !== 'firing' ? null : alert.acknowledged === null ? (
        <button type="button" onClick={() => put({ do: 'acknowledge' }, true)} className="button button-main">
          {t('web.alerts.acknowledge')}
        </button>
      ) : (
        <button
          type="button"
          disabled={withdraw.busy}
          onClick={() => void withdraw.run(alert)}
          className="button min-h-8"
        >
          {t('web.alerts.withdraw')}
        </button>
      )}
      {alert.state === 'firing' || alert.state === 'pending' ? (
        <button type="button" onClick={() => put({ do: 'snooze' }, true)} className="button min-h-8">
          {t('web.alerts.snooze')}
        </button>
      ) : null}
      <FormProblem error={withdraw.error} />
    </>
  );
}
