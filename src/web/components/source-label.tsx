import type { KeyResultRow } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import { useLanguage } from '../language.tsx';

/** One line that may wrap: the dot between the two is there only while they share a line. */
export function OwnerAndSource({ row }: { row: Pick<KeyResultRow, 'owner' | 'source'> }) {
  const { t } = useLanguage();
  return (
    <div className="mt-0.5 overflow-hidden text-[13px] text-muted">
      <p className="-ml-4 flex min-w-0 flex-wrap">
        <span className="dotted max-w-full truncate">{row.owner ?? t('page.no_owner')}</span>
        <span className="dotted max-w-full min-w-0">
          <SourceLabel source={row.source} />
        </span>
      </p>
    </div>
  );
}

/** The name of a source alone: of its connection, or of where numbers come from without one. */
export function sourceName(t: Translate, source: KeyResultRow['source']): string {
  if (source === null) return t('page.no_source');
  return source.kind === 'connector' ? source.connectionTitle : t(`source.${source.kind}`);
}

/** Where the numbers come from. Anything but a live account says so, always. */
function SourceLabel({ source }: { source: KeyResultRow['source'] }) {
  const { t } = useLanguage();
  if (source === null) return <span>{t('page.no_source')}</span>;
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1.5">
      <span
        className="truncate"
        title={[source.connectionTitle, source.metricKey].filter((part) => part !== '').join(' · ')}
      >
        {source.kind === 'connector' ? source.connectorTitle : t(`source.${source.kind}`)}
        {/* The metric of check-ins is made for the Key Result and bears its name. */}
        {source.kind === 'check_in' ? null : ` · ${source.metricTitle}`}
      </span>
      <EnvironmentTag environment={source.environment} />
    </span>
  );
}

function EnvironmentTag({ environment }: { environment: string }) {
  const { t } = useLanguage();
  if (environment === 'live') return null;
  const sandbox = environment === 'sandbox';
  return (
    <span
      title={sandbox ? t('label.sandbox_detail') : undefined}
      className="shrink-0 rounded-sm border border-dashed border-sand px-1 text-[11px] leading-4 font-medium text-sand"
    >
      {sandbox ? t('web.sandbox') : t('label.test_mode')}
    </span>
  );
}
