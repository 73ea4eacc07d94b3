import { Link } from '@tanstack/react-router';
import type { Guide } from '../../../i18n/web-connections-guides-en.ts';
import type { Connector } from '../../connection-queries.ts';
import { titleOf } from '../../connector-title.ts';
import { useLanguage } from '../../language.tsx';

/** Every provider there is, with what it can measure and what somebody needs for it. */
export function ProviderChoice(props: {
  connectors: readonly Connector[];
  guides: Readonly<Record<string, Guide | undefined>>;
  back: string | undefined;
}) {
  const { t } = useLanguage();
  const { back, connectors, guides } = props;
  const rows = [
    ...connectors.map(({ experimental = false, guide, id, metrics, title }) => ({
      id,
      title,
      guide,
      metrics: metrics.length,
      experimental,
    })),
    {
      id: 'values',
      title: t('web.connections.values_title'),
      guide: '',
      metrics: null,
      experimental: false,
    },
  ];
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {rows.map(({ experimental, guide, id, metrics, title }) => (
        <li
          key={id}
          className="relative flex flex-col rounded-xl border border-line bg-surface p-5 hover:border-line-strong"
        >
          <h2 className="font-semibold">
            <Link
              to="/connections/new"
              search={{ provider: id, ...(back === undefined ? {} : { return: back }) }}
              className="rounded-sm after:absolute after:inset-0 after:rounded-xl"
            >
              {titleOf(t, id, title)}
            </Link>
          </h2>
          <p className="mt-1.5 flex-1 text-[14px] leading-relaxed text-muted">
            {guides[id]?.measures ?? guide}
          </p>
          <p className="mt-3 text-[13px]">{guides[id]?.needs}</p>
          {experimental ? (
            <p className="mt-0.5 text-xs text-warn">{t('web.connections.experimental')}</p>
          ) : null}
          {metrics === null ? null : (
            <p className="mt-0.5 text-xs text-muted tabular-nums">
              {t('web.connections.measures', { count: metrics })}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
