import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Translate } from '../../../i18n/index.ts';
import { type AlertDetail, deliveryQuery, type Rule, rulesQuery } from '../../alerts-queries.ts';
import { useLanguage } from '../../language.tsx';
import { Badge } from './alert-badges.tsx';
import { deliveryKindWord, statusTones, statusWord, tryText } from './delivery-words.ts';

type Message = AlertDetail['messages'][number];
type Event = { key: string; at: string; body: ReactNode };

/** What happened, in order: seen, held, fired, who was told by which channel, acknowledged, over. */
export function AlertStory({ alert }: { alert: AlertDetail }) {
  const { t, format } = useLanguage();
  const rules = useQuery(rulesQuery);
  const rule = rules.data?.find(({ id }) => id === alert.ruleId) ?? null;
  const events = eventsOf(alert, rule, t).toSorted((one, other) => one.at.localeCompare(other.at));
  return (
    <section className="card">
      <h2 className="mb-3 font-semibold">{t('web.alerts.story_title')}</h2>
      <ol className="space-y-4 border-l border-line pl-4">
        {events.map((event) => (
          <li key={event.key} className="relative">
            <span
              aria-hidden="true"
              className="absolute top-1.5 -left-[21px] size-2.5 rounded-full border-2 border-surface bg-accent"
            />
            <p className="text-[13px] text-muted tabular-nums">{format.instant(event.at)}</p>
            {event.body}
          </li>
        ))}
        {alert.state === 'pending' ? <li className="text-muted">{t('web.alerts.story.waits')}</li> : null}
        {alert.messages.length === 0 && alert.state === 'firing' ? (
          <li className="text-muted">{t('web.alerts.story.nobody')}</li>
        ) : null}
      </ol>
    </section>
  );
}

function eventsOf(alert: AlertDetail, rule: Rule | null, t: Translate): Event[] {
  const { acknowledged, firedAt, messages, resolvedAt, seenAt } = alert;
  const held =
    rule === null ? t('web.alerts.story.fired') : t('web.alerts.story.held', { count: rule.forEvaluations });
  return [
    ...(seenAt === null ? [] : [{ key: 'seen', at: seenAt, body: <p>{t('web.alerts.story.seen')}</p> }]),
    ...(firedAt === null ? [] : [{ key: 'fired', at: firedAt, body: <p>{held}</p> }]),
    ...messages.map((message, index) => ({
      key: `message ${index}`,
      at: message.createdAt,
      body: <Told message={message} />,
    })),
    ...(acknowledged === null
      ? []
      : [
          {
            key: 'acknowledged',
            at: acknowledged.at,
            body: (
              <>
                <p>{t('web.alerts.acknowledged_by', { by: acknowledged.by })}</p>
                {acknowledged.note === '' ? null : (
                  <p className="break-words text-muted">{acknowledged.note}</p>
                )}
              </>
            ),
          },
        ]),
    ...(resolvedAt === null
      ? []
      : [
          {
            key: 'over',
            at: resolvedAt,
            body: <p>{t(alert.state === 'closed' ? 'web.alerts.story.closed' : 'web.alerts.story.over')}</p>,
          },
        ]),
  ];
}

/** One piece of news for one channel: waiting, in a message with its attempts, or not worth sending any more. */
function Told({ message }: { message: Message }) {
  const { t, format } = useLanguage();
  const { channelKey, delivery, dueAt, lane, state } = message;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="break-words">
          {t('web.alerts.story.told', { what: deliveryKindWord(t, message.event), channel: channelKey })}
        </span>
        {delivery === null ? (
          <Badge tone="quiet">
            {state === 'dropped'
              ? t('web.alerts.story.dropped')
              : t(lane === 'digest' ? 'web.alerts.story.in_digest' : 'web.alerts.story.due', {
                  at: format.instant(dueAt),
                })}
          </Badge>
        ) : (
          <Badge tone={statusTones[delivery.status]}>{statusWord(t, delivery.status)}</Badge>
        )}
      </p>
      {delivery === null ? null : <Attempts id={delivery.deliveryId} />}
    </div>
  );
}

function Attempts({ id }: { id: string }) {
  const { t, format } = useLanguage();
  const { data } = useQuery(deliveryQuery(id));
  return (
    <ul className="mt-0.5 flex flex-wrap gap-x-4 text-[13px] text-muted">
      {data?.tries.toReversed().map((attempt) => (
        <li key={attempt.at} className="break-words">
          {t('web.deliveries.try', { at: format.instant(attempt.at), answer: tryText(t, attempt) })}
        </li>
      ))}
      {data?.nextAt == null ? null : <li>{t('web.deliveries.next', { at: format.instant(data.nextAt) })}</li>}
      <li>
        <Link to="/alerts/deliveries" search={{ open: id }} className="link">
          {t('web.alerts.story.message')}
        </Link>
      </li>
    </ul>
  );
}
