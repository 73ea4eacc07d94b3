import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { GuideView } from '../components/connections/guide-view.tsx';
import { NewConnectionForm } from '../components/connections/new-connection-form.tsx';
import { NewValuesForm } from '../components/connections/new-values-form.tsx';
import { ProviderChoice } from '../components/connections/provider-choice.tsx';
import { BackIcon } from '../components/icons.tsx';
import { Notice } from '../components/notices.tsx';
import { Asked, LinesSkeleton, PageHead } from '../components/ui/page-parts.tsx';
import { type Connector, connectionsQuery, connectorsQuery } from '../connection-queries.ts';
import { titleOf } from '../connector-title.ts';
import { useLanguage } from '../language.tsx';
import { useGuides } from '../use-guides.ts';
import { useMe } from '../use-me.ts';

const route = getRouteApi('/connections/new');

/** First which provider, then its guide with the form beside it. */
export function NewConnectionPage() {
  const { t } = useLanguage();
  const { me, mayEdit } = useMe();
  const { provider, return: back } = route.useSearch() as { provider?: string; return?: string };
  const query = useQuery(connectorsQuery);
  const guides = useGuides();
  if (me !== null && !mayEdit)
    return (
      <Notice title={t('web.no_permission')}>
        <p>{t('web.connections.viewer')}</p>
      </Notice>
    );
  return (
    <Asked query={query} skeleton={<LinesSkeleton lines={6} />}>
      {(connectors) => {
        if (guides === undefined || me === null) return <LinesSkeleton lines={6} />;
        const connector = connectors.find(({ id }) => id === provider);
        if (connector !== undefined || provider === 'values')
          return <Guided connector={connector} back={back} key={provider} />;
        return (
          <>
            <PageHead title={t('web.connections.add')} back={<BackTo />}>
              <p>{t('web.connections.choose')}</p>
            </PageHead>
            <ProviderChoice connectors={connectors} guides={guides} back={back} />
          </>
        );
      }}
    </Asked>
  );
}

function Guided({ back, connector }: { connector: Connector | undefined; back: string | undefined }) {
  const { t } = useLanguage();
  const guides = useGuides();
  const { data: connections } = useQuery(connectionsQuery);
  const guide = guides?.[connector?.id ?? 'values'];
  const title =
    connector === undefined ? t('web.connections.values_title') : titleOf(t, connector.id, connector.title);
  return (
    <>
      <PageHead
        title={connector === undefined ? title : t('web.connections.connect', { provider: title })}
        back={<BackTo choice back={back} />}
      >
        <p>{guide?.measures ?? connector?.guide}</p>
        {connector?.experimental === true ? (
          <p className="mt-2 text-[13px] text-warn">
            {t('web.connections.experimental')}: {t('web.connections.experimental_why')}
          </p>
        ) : null}
      </PageHead>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-5 lg:grid-cols-2">
        <section aria-label={t('web.connections.guide')} className="card mb-0">
          {guide === undefined ? <p>{connector?.guide}</p> : <GuideView guide={guide} />}
        </section>
        {connector === undefined ? (
          <NewValuesForm />
        ) : connections === undefined ? (
          <LinesSkeleton />
        ) : (
          <NewConnectionForm
            connector={connector}
            title={title}
            guide={guide}
            connections={connections}
            back={back}
          />
        )}
      </div>
    </>
  );
}

function BackTo({ back, choice = false }: { choice?: boolean; back?: string | undefined }) {
  const { t } = useLanguage();
  return (
    <p className="mb-2 text-[13px]">
      <Link
        {...(choice
          ? { to: '/connections/new', search: back === undefined ? {} : { return: back } }
          : { to: '/connections' })}
        className="inline-flex min-h-6 items-center gap-1 rounded-sm text-muted hover:text-ink"
      >
        <BackIcon />
        {t(choice ? 'web.connections.other_provider' : 'web.nav.connections')}
      </Link>
    </p>
  );
}
