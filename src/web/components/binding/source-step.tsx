import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { catalogEntryQuery, type Detail, meantByTitleQuery } from '../../binding-queries.ts';
import { connectionsQuery } from '../../connection-queries.ts';
import { feeds } from '../../goal-words.ts';
import { useLanguage } from '../../language.tsx';
import { EnvironmentTag } from '../connections/connection-bits.tsx';
import { Asked } from '../ui/page-parts.tsx';
import { asWords, type Place, type Way } from './bind-place.ts';

/** Where the number comes from: what fits is offered first, then every connection, then the ways that need no key. */
export function SourceStep({ detail, place }: { detail: Detail; place: Place }) {
  const { t } = useLanguage();
  const { href } = useLocation();
  const connections = useQuery(connectionsQuery);
  return (
    <>
      <Suggested detail={detail} place={place} />
      <section className="mb-6">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
          <h2 className="font-semibold">{t('web.binding.from_connection')}</h2>
          <Link to="/connections/new" search={{ return: href }} className="button">
            {t('web.binding.connect_source')}
          </Link>
        </div>
        <Asked query={connections} inside>
          {(all) =>
            all.length === 0 ? (
              <p className="text-[14px] text-muted">{t('web.binding.no_connections')}</p>
            ) : (
              <ul className="grid gap-2 sm:grid-cols-2">
                {all.map(({ connectorId, environment, key, state, title }) => (
                  <Offer
                    key={key}
                    title={title}
                    detail={state === 'active' ? connectorId : t(`connection.${state}`)}
                    tag={<EnvironmentTag environment={environment} />}
                    onTake={() => place.go(begin(place, 'connector', { connection: key }))}
                  />
                ))}
              </ul>
            )
          }
        </Asked>
      </section>
      <section>
        <h2 className="mb-2 font-semibold">{t('web.binding.without_key')}</h2>
        <ul className="grid gap-2 sm:grid-cols-2">
          {(['check_in', 'csv', 'push', 'metric', 'formula'] as const).map((way) => (
            <Offer
              key={way}
              title={t(`web.binding.way.${way}`)}
              detail={t(`web.binding.way_hint.${way}`)}
              onTake={() => place.go(begin(place, way, {}))}
            />
          ))}
        </ul>
      </section>
    </>
  );
}

/** A new way begins without what was chosen for another one. */
function begin(place: Place, way: Way, change: { connection?: string; metric?: string; meaning?: string }) {
  return {
    ...asWords(place.words, {}),
    connection: undefined,
    metric: undefined,
    meaning: undefined,
    unverified: undefined,
    ...change,
    way,
    step: 'metric',
  };
}

/** What the catalogue knows to measure this Key Result; nothing where it means no metric of it. */
function Suggested({ detail, place }: { detail: Detail; place: Place }) {
  const { t, lang } = useLanguage();
  const own = detail.definition?.metric ?? null;
  const byTitle = useQuery({ ...meantByTitleQuery(detail.title), enabled: own === null });
  const meant = own ?? byTitle.data ?? null;
  const entry = useQuery({ ...catalogEntryQuery(meant ?? '', lang), enabled: meant !== null });
  if (meant === null || entry.data === undefined) return null;
  const { definition, measurable, metrics, near, title } = entry.data;
  const offers = measurable.filter(() => feeds(detail.goal, entry.data.kind));
  if (offers.length + metrics.length + near.length === 0) return null;
  return (
    <section className="mb-6">
      <h2 className="font-semibold">{t('web.binding.suggested')}</h2>
      <p className="mb-2 text-[14px] text-muted">
        {t(own === null ? 'web.binding.suggested_title' : 'web.binding.suggested_meaning', { metric: title })}
      </p>
      <ul className="grid gap-2 sm:grid-cols-2">
        {metrics.map((metric) => (
          <Offer
            key={metric.key}
            main
            title={metric.title}
            detail={t('web.binding.collected_on', { connection: metric.connectionKey })}
            onTake={() => place.go({ ...begin(place, 'metric', { metric: metric.key }), step: 'preview' })}
          />
        ))}
        {offers.map((offer) => (
          <Offer
            key={`${offer.connectionKey} ${offer.metric}`}
            main
            title={`${lang === 'en' ? offer.title : title} · ${offer.connectionTitle}`}
            detail={definition}
            tag={<EnvironmentTag environment={offer.environment} />}
            onTake={() =>
              place.go(
                begin(place, 'connector', {
                  connection: offer.connectionKey,
                  metric: offer.metric,
                  // Its own meaning is measured by the catalogue; what was guessed from a title is a plain choice.
                  ...(own === null ? {} : { meaning: '1' }),
                }),
              )
            }
          />
        ))}
        {near.map((other) => (
          <Offer
            key={`${other.connectionKey} ${other.metric}`}
            title={t('web.binding.near', { metric: other.title })}
            detail={other.description}
            onTake={() =>
              place.go(begin(place, 'connector', { connection: other.connectionKey, metric: other.metric }))
            }
          />
        ))}
      </ul>
    </section>
  );
}

export function Offer(props: {
  title: string;
  detail: ReactNode;
  tag?: ReactNode;
  onTake: () => void;
  main?: boolean;
  disabled?: boolean;
  current?: boolean;
}) {
  const { current = false, detail, disabled = false, main = false, onTake, tag, title } = props;
  return (
    <li>
      <button
        type="button"
        onClick={onTake}
        disabled={disabled}
        aria-pressed={current ? true : undefined}
        className={`flex h-full w-full flex-col items-start gap-0.5 rounded-lg border px-3.5 py-2.5 text-left enabled:hover:bg-hover disabled:opacity-65 ${main || current ? 'border-accent bg-accent-soft' : 'border-line bg-surface enabled:hover:border-line-strong'}`}
      >
        <span className="flex max-w-full flex-wrap items-center gap-2 text-[14px] font-medium break-words">
          {title}
          {tag}
        </span>
        <span className="max-w-full text-[13px] leading-snug break-words text-muted">{detail}</span>
      </button>
    </li>
  );
}
