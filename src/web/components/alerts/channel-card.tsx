import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { type Channel, type Delivery, deliveriesQuery } from '../../alerts-queries.ts';
import { call } from '../../api.ts';
import { useServerNow } from '../../clock.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { agoOf } from '../../words.ts';
import { FormProblem } from '../form.tsx';
import { say } from '../ui/toast.tsx';
import { Badge, shapes } from './alert-badges.tsx';
import { channelSentences } from './channel-words.ts';
import { deliveryKindWord, statusTones, statusWord, tryText, whatToDo } from './delivery-words.ts';
import { TestButton } from './test-button.tsx';
import { useUndo } from './use-alert-actions.ts';

const SHOWN = 4;
export type ChannelPart = 'settings' | 'digest' | 'secret';

/** One channel: where it leads, when it hears, whether it works, and what was sent last. */
export function ChannelCard({ channel, onOpen }: { channel: Channel; onOpen: (part: ChannelPart) => void }) {
  const { t } = useLanguage();
  const id = useId();
  const { mayEdit } = useMe();
  const { data } = useQuery(
    deliveriesQuery({ channelKey: channel.key, status: null, kind: null }, null, SHOWN),
  );
  const said = channelSentences(t, channel);
  // Then the answer below says it, in the reader's language.
  const isGone = data?.data.find(({ tries }) => tries.length > 0)?.tries[0]?.errorClass === 'gone';
  return (
    <section aria-labelledby={id} className="card">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={id} className="min-w-0 font-semibold break-words">
          {channel.title}
        </h2>
        <Badge tone="quiet">{t(`web.channels.kind.${channel.kind}`)}</Badge>
        <Health channel={channel} rows={data?.data ?? null} />
      </div>
      <p className="mt-0.5 font-mono text-[13px] break-all text-muted">{channel.address}</p>
      {channel.disabledReason === null || isGone ? null : (
        <p className="mt-1 text-[14px] text-warn">
          {t('web.channels.off_because', { why: channel.disabledReason })}
        </p>
      )}
      <ul className="mt-2 flex flex-wrap gap-x-3 text-[14px] leading-relaxed">
        {(said ?? [t('web.channels.no_settings')]).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {mayEdit && channel.settings !== null ? (
        <div className="mt-3">
          <TestButton channel={channel} />
        </div>
      ) : null}
      <Buttons channel={channel} onOpen={onOpen} />
      {data === undefined ? null : <LastDeliveries channel={channel} rows={data.data} />}
    </section>
  );
}

/** Whether the newest message that was tried has arrived. */
function Health({ channel, rows }: { channel: Channel; rows: readonly Delivery[] | null }) {
  const { t } = useLanguage();
  if (!channel.enabled) return <Badge tone="quiet">{t('web.channels.switched_off')}</Badge>;
  const tried = rows?.find(({ tries }) => tries.length > 0);
  if (tried === undefined) return null;
  return tried.tries[0]?.ok === true ? (
    <Badge tone="good" icon={shapes.over}>
      {t('web.channels.works')}
    </Badge>
  ) : (
    <Badge tone="bad" icon={shapes.failed}>
      {t('web.channels.fails')}
    </Badge>
  );
}

function LastDeliveries({ channel, rows }: { channel: Channel; rows: readonly Delivery[] }) {
  const { t } = useLanguage();
  const now = useServerNow();
  const newest = rows.find(({ tries }) => tries.length > 0)?.tries[0];
  return (
    <div className="mt-4 border-t border-line pt-3">
      <h3 className="text-[13px] font-medium text-muted">{t('web.channels.last')}</h3>
      {newest === undefined || newest.ok ? null : (
        <p className="mt-1 text-[14px] leading-relaxed text-warn">
          {tryText(t, newest)} {whatToDo(t, channel.kind, newest)}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="mt-1 text-[14px] text-muted">{t('web.channels.nothing_sent')}</p>
      ) : (
        <ul className="mt-1 space-y-1 text-[14px]">
          {rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
              <Link
                to="/alerts/deliveries"
                search={{ channel: channel.key, open: row.deliveryId }}
                className="link py-0.5"
              >
                {deliveryKindWord(t, row.kind)}
              </Link>
              <Badge tone={statusTones[row.status]}>{statusWord(t, row.status)}</Badge>
              <span className="text-[13px] text-muted">{agoOf(t, row.createdAt, now)}</span>
            </li>
          ))}
        </ul>
      )}
      <Link
        to="/alerts/deliveries"
        search={{ channel: channel.key }}
        className="link mt-2 inline-block text-[13px]"
      >
        {t('web.channels.all_sent')}
      </Link>
    </div>
  );
}

/** What a channel is asked to do; who may not is told by what is missing, and by the server in any case. */
function Buttons({ channel, onOpen }: { channel: Channel; onOpen: (part: ChannelPart) => void }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const undo = useUndo();
  const { enabled, key, kind, settings, title } = channel;
  const params = { id: key };
  const turn = (on: boolean) => call('changeChannel', { params, body: { enabled: on } });
  const switching = useChange(turn, ({ enabled: on }) =>
    say(
      t(on ? 'web.channels.is_on' : 'web.channels.is_off', { title }),
      undo(() => turn(!on)),
    ),
  );
  const putAway = useChange(
    () => call('archiveChannel', { params }),
    () =>
      say(
        t('web.channels.archived', { title }),
        undo(() => call('restoreChannel', { params: { id: channel.id } })),
      ),
  );
  const button = (word: string, act: () => void): ReactNode => (
    <button
      key={word}
      type="button"
      onClick={act}
      disabled={switching.busy || putAway.busy}
      aria-label={t('web.channels.action_of', { action: word, title })}
      className="button min-h-8"
    >
      {word}
    </button>
  );
  return (
    <div className="mt-3">
      <div className="flex flex-wrap gap-2">
        {settings !== null && mayEdit ? button(t('web.channels.settings'), () => onOpen('settings')) : null}
        {settings?.digest == null ? null : button(t('web.channels.preview'), () => onOpen('digest'))}
        {kind === 'webhook' && mayEdit ? button(t('web.channels.rotate'), () => onOpen('secret')) : null}
        {mayEdit
          ? button(t(enabled ? 'web.rules.off' : 'web.rules.on'), () => void switching.run(!enabled))
          : null}
        {mayEdit ? button(t('web.rules.archive'), () => void putAway.run(undefined)) : null}
      </div>
      <FormProblem error={switching.error ?? putAway.error} />
    </div>
  );
}
