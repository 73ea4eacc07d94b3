import { useQuery } from '@tanstack/react-query';
import { channelsQuery, deliveryQuery } from '../../alerts-queries.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Asked } from '../ui/page-parts.tsx';
import { say } from '../ui/toast.tsx';
import { Badge } from './alert-badges.tsx';
import { deliveryKindWord, statusTones, statusWord, tryText, whatToDo } from './delivery-words.ts';

/** One message: how it stands, every attempt, and what is in it. */
export function DeliveryDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog open={id !== null} onClose={onClose} title={t('web.deliveries.one')} shape="drawer">
      {id === null ? null : <OneDelivery id={id} />}
    </Dialog>
  );
}

function OneDelivery({ id }: { id: string }) {
  const { t, format } = useLanguage();
  const query = useQuery(deliveryQuery(id));
  const channels = useQuery(channelsQuery);
  return (
    <Asked query={query} inside>
      {(delivery) => {
        const last = delivery.tries[0];
        const kind = channels.data?.find(({ key }) => key === delivery.channelKey)?.kind ?? 'webhook';
        return (
          <>
            <div className="flex flex-wrap items-center gap-2">
              <Badge tone={statusTones[delivery.status]}>{statusWord(t, delivery.status)}</Badge>
              <span className="break-words">
                {t('web.deliveries.to', {
                  what: deliveryKindWord(t, delivery.kind),
                  channel: delivery.channelKey,
                })}
              </span>
            </div>
            <p className="mt-1 text-[13px] break-all text-muted">
              {t('web.deliveries.id', { id: delivery.deliveryId })}
            </p>
            {delivery.status === 'superseded' || delivery.status === 'suppressed' ? (
              <p className="mt-2 text-muted">{t(`web.deliveries.about.${delivery.status}`)}</p>
            ) : null}
            {last !== undefined && !last.ok && delivery.status !== 'delivered' ? (
              <p className="mt-3 rounded-lg bg-warn-soft px-3.5 py-2 text-[14px] text-warn">
                {whatToDo(t, kind, last)}
              </p>
            ) : null}
            <Again id={delivery.id} status={delivery.status} />
            <h3 className="step">
              {t('web.deliveries.attempts', {
                // Sent again, it is counted anew; what was tried before stays listed.
                count: Math.max(delivery.attempts, delivery.tries.length),
              })}
            </h3>
            {delivery.tries.length === 0 ? (
              <p className="text-muted">{t('web.deliveries.no_attempt')}</p>
            ) : (
              <ol className="space-y-1 text-[14px]">
                {delivery.tries.map((attempt) => (
                  <li key={attempt.at} className="break-words">
                    {t('web.deliveries.try', { at: format.instant(attempt.at), answer: tryText(t, attempt) })}{' '}
                    <span className="text-muted">({format.duration(attempt.durationMs)})</span>
                  </li>
                ))}
              </ol>
            )}
            {delivery.nextAt === null ? null : (
              <p className="mt-1 text-[14px]">
                {t('web.deliveries.next', { at: format.instant(delivery.nextAt) })}
              </p>
            )}
            <h3 className="step">{t('web.deliveries.content')}</h3>
            {delivery.content === null ? (
              <p className="text-muted">{t('web.deliveries.no_content')}</p>
            ) : (
              <>
                <p className="mb-2 text-[13px] text-muted">{t('web.deliveries.content_hint')}</p>
                <pre
                  lang={delivery.content.format === 'text' ? delivery.content.lang : undefined}
                  className="rounded-lg border border-line bg-sunken px-3.5 py-2.5 font-mono text-[13px] leading-relaxed break-words whitespace-pre-wrap"
                >
                  {delivery.content.text}
                </pre>
              </>
            )}
          </>
        );
      }}
    </Asked>
  );
}

/** Sends what arrived or was given up once more, under the same id: a receiver can tell that it has it already. */
function Again({ id, status }: { id: string; status: string }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const again = useChange(
    () => call('redeliver', { params: { id } }),
    ({ channelKey }) => say(t('web.deliveries.sent_again', { channel: channelKey })),
  );
  if (!mayEdit || (status !== 'dead' && status !== 'delivered')) return null;
  return (
    <div className="mt-3">
      <button
        type="button"
        disabled={again.busy}
        onClick={() => void again.run(undefined)}
        className="button min-h-8"
      >
        {t('web.deliveries.again')}
      </button>
      <FormProblem error={again.error} />
    </div>
  );
}
