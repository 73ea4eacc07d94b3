import { useQuery } from '@tanstack/react-query';
import type { Explanation, KeyResultDetail } from '../../api/contract.ts';
import { useLanguage } from '../language.tsx';
import { explanationQuery } from '../queries.ts';
import { EvidenceIngests } from './evidence-ingests.tsx';
import { EvidenceInputs } from './evidence-inputs.tsx';
import { EvidenceMetric } from './evidence-metric.tsx';
import { Digest, Fact, Facts } from './evidence-parts.tsx';
import { EvidencePoints } from './evidence-points.tsx';
import { EvidenceRuns } from './evidence-runs.tsx';
import { ProblemNotice } from './notices.tsx';
import { Bone, LoadingWord } from './skeleton.tsx';

/** The walk from the number back to the answers of the source: formula, snapshot, points, runs, requests. */
export function WhyThisNumber({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useQuery(explanationQuery(detail.key, detail.asOf?.at ?? null));
  return (
    <section aria-labelledby="why" className="card">
      <h2 id="why" className="font-semibold">
        {t('page.why_this_number')}
      </h2>
      {data !== undefined ? (
        <Walk explanation={data} detail={detail} />
      ) : error === null ? (
        <div className="mt-3 min-h-64 space-y-3">
          <LoadingWord />
          {['w-1/2', 'w-2/3', 'w-full', 'w-full'].map((width, index) => (
            <Bone key={index} className={`h-5 ${width}`} />
          ))}
        </div>
      ) : (
        <ProblemNotice error={error} onRetry={() => void refetch()} inside />
      )}
    </section>
  );
}

function Walk({ explanation, detail }: { explanation: Explanation; detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { formula, snapshot, metric } = explanation;
  return (
    <>
      <h3 className="step">{t('evidence.formula')}</h3>
      <pre className="formula" tabIndex={0}>
        <code>{formula.rule}</code>
        {'\n'}
        <code className="text-accent">{formula.numbers}</code>
      </pre>
      {snapshot === null ? (
        <p className="mt-3 text-muted">{t('state.no_evidence')}</p>
      ) : (
        <>
          <h3 className="step">{t('evidence.snapshot')}</h3>
          <Facts>
            <Fact word={t('web.as_of')}>{format.day(snapshot.asOfDay)}</Fact>
            <Fact word={t('time.computed_label')}>
              {format.instant(snapshot.computedAt)} <span className="text-muted">{format.zone}</span>
            </Fact>
            <Fact word={t('evidence.definition')}>
              {t('evidence.definition_version', { version: snapshot.definitionVersion })}
            </Fact>
            <Fact word={t('evidence.inputs_digest')}>
              <Digest text={snapshot.inputsDigest} />
            </Fact>
          </Facts>
        </>
      )}
      {metric === null ? null : <EvidenceMetric metric={metric} tracking={detail.tracking} />}
      {explanation.inputs.length === 0 ? null : (
        <EvidenceInputs inputs={explanation.inputs} asOfDay={snapshot?.asOfDay ?? null} />
      )}
      {explanation.points.length === 0 ? null : (
        <>
          <h3 className="step">{t('evidence.points_used', { count: explanation.points.length })}</h3>
          <EvidencePoints points={explanation.points} measure={detail} />
        </>
      )}
      {explanation.ingests.length === 0 ? null : <EvidenceIngests ingests={explanation.ingests} />}
      {explanation.runs.length === 0 ? null : <EvidenceRuns explanation={explanation} />}
    </>
  );
}
