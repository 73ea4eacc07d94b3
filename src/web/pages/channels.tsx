import { useQuery } from '@tanstack/react-query';
import { channelsQuery } from '../alerts-queries.ts';
import { AddChannel } from '../components/alerts/add-channel.tsx';
import { AlertTabs } from '../components/alerts/alert-tabs.tsx';
import { ChannelCard } from '../components/alerts/channel-card.tsx';
import { newKinds } from '../components/alerts/channel-draft.ts';
import { DigestPreview, RotateSecret } from '../components/alerts/channel-drawers.tsx';
import { ChannelSettingsForm } from '../components/alerts/channel-settings-form.tsx';
import { Dialog } from '../components/ui/dialog.tsx';
import { Asked, EmptyState, PageHead } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';
import { useWords } from '../use-words.ts';

/** Where messages go. Whoever may not change one sees all of them. */
export function ChannelsPage() {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { put } = useWords();
  const query = useQuery(channelsQuery);
  const add = mayEdit ? (
    <button type="button" onClick={() => put({ add: 'slack' }, true)} className="button button-main">
      {t('web.channels.add')}
    </button>
  ) : undefined;
  return (
    <>
      <PageHead title={t('web.channels.title')} actions={add}>
        <p>{t('web.channels.intro')}</p>
      </PageHead>
      <AlertTabs />
      <Asked query={query}>
        {(channels) =>
          channels.length === 0 ? (
            <EmptyState title={t('web.channels.none')} action={add}>
              <p>{t('web.channels.none_hint')}</p>
            </EmptyState>
          ) : (
            channels.map((channel) => (
              <ChannelCard
                key={channel.id}
                channel={channel}
                onOpen={(part) => put({ [part]: channel.key }, true)}
              />
            ))
          )
        }
      </Asked>
      <AddDrawer />
      <PartDrawers />
    </>
  );
}

function AddDrawer() {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { words, put } = useWords();
  const kind = newKinds.find((each) => each === words['add']) ?? null;
  const close = () => put({ add: undefined });
  return (
    <Dialog open={mayEdit && kind !== null} onClose={close} title={t('web.channels.add')} shape="drawer">
      {kind === null ? null : (
        <AddChannel kind={kind} onKind={(next) => put({ add: next })} onClose={close} />
      )}
    </Dialog>
  );
}

/** What is opened of one channel: its settings, its digest, or its secret. */
function PartDrawers() {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { words, put } = useWords();
  const { data: channels } = useQuery(channelsQuery);
  const named = (part: string) => channels?.find(({ key }) => key === words[part]) ?? null;
  const [settings, digest, secret] = [named('settings'), named('digest'), named('secret')];
  const close = () => put({ settings: undefined, digest: undefined, secret: undefined });
  return (
    <>
      <Dialog
        open={mayEdit && settings !== null}
        onClose={close}
        title={t('web.channels.settings_of', { title: settings?.title ?? '' })}
        shape="drawer"
      >
        {settings === null ? null : <ChannelSettingsForm channelKey={settings.key} onClose={close} />}
      </Dialog>
      <Dialog
        open={digest !== null}
        onClose={close}
        title={t('web.channels.digest_of', { title: digest?.title ?? '' })}
        shape="drawer"
      >
        {digest === null ? null : <DigestPreview channel={digest} />}
      </Dialog>
      <Dialog
        open={mayEdit && secret !== null}
        onClose={close}
        title={t('web.channels.rotate_of', { title: secret?.title ?? '' })}
      >
        {secret === null ? null : <RotateSecret channel={secret} onClose={close} />}
      </Dialog>
    </>
  );
}
