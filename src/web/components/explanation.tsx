import { useQuery } from '@tanstack/react-query';
import type { Explanation, KeyResultDetail } from '../../api/contract.ts';
import { titleIn } from '../../i18n/index.ts';
import type { ChartDay } from '../chart-model.ts';
import { evidenceQuery } from '../evidence-query.ts';
import { useLanguage } from '../language.tsx';
import { usePanel } from '../use-panel.ts';
import { EvidenceDay } from './evidence-day.tsx';
import { EvidenceForecast } from './evidence-forecast.tsx';
import { EvidenceIngests } from './evidence-ingests.tsx';
import { EvidenceInputs } from './evidence-inputs.tsx';
import { EvidenceMetric } from './evidence-metric.tsx';
import { Digest, Fact, Facts } from './evidence-parts.tsx';
import { EvidencePoints } from './evidence-points.tsx';
import { EvidenceRuns } from './evidence-runs.tsx';
import { Bone, LoadingWord } from './skeleton.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Asked } from './ui/page-parts.tsx';

/** The walk from the number, or from one day of it, back to the answers of the source, in a drawer of its own address. */
export function WhyThisNumber({ detail, days }: { detail: KeyResultDetail; days: readonly ChartDay[] }) {
  const { t } = useLanguage();
  const { close, day, evidence } = usePanel();
  const asked = evidence === undefined || !isDay(day) ? undefined : day;
  const query = useQuery(evidenceQuery(detail.key, detail.asOf?.at ?? null, asked));
  return (
    <Dialog open={evidence !== undefined} onClose={close} title={t('page.why_this_number')} shape="drawer">
      <p className="mb-1 text-[13px] break-words text-muted">{titleIn(t.lang, detail)}</p>
      <Asked query={query} skeleton={<WalkSkeleton />} inside>
        {(explanation) => (
          <>
            {asked === undefined ? null : (
              <EvidenceDay detail={detail} days={days} day={asked} explanation={explanation} />
            )}
            <Walk explanation={explanation} detail={detail} />
          </>
        )}
      </Asked>
    </Dialog>
  );
}

/** An address may hold anything. */
function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function WalkSkeleton() {
  return (
    <div className="mt-3 min-h-64 space-y-3">
      <LoadingWord />
      {['w-1/2', 'w-2/3', 'w-full', 'w-full'].map((width, index) => (
        <Bone key={index} className={`h-5 ${width}`} />
      ))}
    </div>
  );
}

function Walk({ explanation, detail }: { explanation: Explanation; detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { formula, snapshot, metric } = explanation;
  return (
    <>
      <h3 className="step">{t('evidence.formula')}</h3>
      <pre className="formula" tabIndex={0}>
        <code>{t.lang === 'en' ? formula.rule : t(`web.kr.rule.${detail.goal.kind}`)}</code>
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
      {snapshot?.forecast == null ? null : <EvidenceForecast forecast={snapshot.forecast} detail={detail} />}
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
