import type { Explanation, MetricDefinitionView } from '../../api/contract.ts';
import { catalogTitle, paramTexts, windowText } from '../catalog-words.ts';
import { useLanguage } from '../language.tsx';
import { Digest, Fact, Facts } from './evidence-parts.tsx';

type Metric = NonNullable<Explanation['metric']>;

/** The metric as it was read: what it means, over which days, and when a day of it is final. */
export function EvidenceMetric({ metric, tracking }: { metric: Metric; tracking: string }) {
  const { t } = useLanguage();
  return (
    <>
      <h3 className="step">{t('web.metric')}</h3>
      <Facts>
        <Fact word={t('web.metric')}>
          {metric.title}{' '}
          <code className="font-mono text-xs break-all text-muted">{metric.connectorMetric}</code>
        </Fact>
        {metric.definition === null ? null : <Meaning definition={metric.definition} />}
        <Fact word={t('web.kind')}>{t(`kind.${metric.kind}`)}</Fact>
        {/* What people say is final when they say it. */}
        {tracking === 'check_in' ? null : (
          <Fact word={t('web.settling')}>
            {t('evidence.settles_after', { hours: metric.settlesAfterHours, timeZone: metric.timeZone })}
          </Fact>
        )}
        <Fact word={t('evidence.definition_hash')}>
          {t('evidence.definition_version', { version: metric.version })} ·{' '}
          <Digest text={metric.definitionHash} />
        </Fact>
      </Facts>
    </>
  );
}

function Meaning({ definition }: { definition: MetricDefinitionView }) {
  const { t, lang } = useLanguage();
  if (definition.kind === 'formula')
    return (
      <Fact word={t('evidence.formula')}>
        <code className="font-mono text-xs break-words">{definition.formula}</code>
      </Fact>
    );
  const params = paramTexts(lang, definition.metric, definition.params);
  return (
    <>
      <Fact word={t('evidence.definition')}>
        {catalogTitle(lang, definition.metric)} · {windowText(lang, definition.window)} ·{' '}
        {definition.timeZone}
      </Fact>
      {params.length === 0 ? null : (
        <Fact word={t('catalog.parameters')}>
          {params.map(({ meaning, name, value }) => (
            <span key={name} className="block" title={meaning}>
              {name}: {value}
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}
