import type { KeyResultDetail } from '../../api/contract.ts';
import { assumptionSentence } from '../../i18n/assumption-text.ts';
import { catalogText, catalogTitle, paramTexts } from '../catalog-words.ts';
import { baselineLine } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { usePanel } from '../use-panel.ts';
import { targetWords } from '../words.ts';
import { Fact, Facts } from './evidence-parts.tsx';
import { useMayChange } from './key-result-actions.tsx';

type Definition = NonNullable<KeyResultDetail['definition']>;

/** What the Key Result was read from and means, and what it is measured from. Nothing to tell draws nothing. */
export function DefinitionCard({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { definition, versions } = detail;
  const hasBaseline = detail.startValue !== null || detail.baselines.length > 0 || waitsForBaseline(detail);
  const targets = detail.targets ?? [];
  if (definition === null && versions.length === 0 && !hasBaseline && targets.length === 0) return null;
  return (
    <section aria-labelledby="definition" className="card">
      <h2 id="definition" className="mb-3 font-semibold">
        {t('web.definition')}
      </h2>
      <Facts>
        {definition === null ? null : <WhatItMeans definition={definition} />}
        {hasBaseline ? <Baseline detail={detail} /> : null}
        {targets.length === 0 ? null : <Targets detail={detail} targets={targets} />}
        {versions.length === 0 ? null : <Versions detail={detail} />}
      </Facts>
    </section>
  );
}

function WhatItMeans({
  definition: { assumptions, metric, params, stage, text },
}: {
  definition: Definition;
}) {
  const { lang, t } = useLanguage();
  const meaning = metric === null ? null : catalogText(lang, metric);
  const given = paramTexts(lang, metric, params);
  const stageKey = `stage.${stage ?? 'none'}`;
  return (
    <>
      {text === null ? null : (
        <Fact word={t('definition.text')}>
          <q className="whitespace-pre-line">{text}</q>
        </Fact>
      )}
      {metric === null ? null : (
        <Fact word={t('web.metric')}>
          <span className="font-medium">{catalogTitle(lang, metric)}</span>
          {meaning === null ? null : (
            <span className="block leading-relaxed text-muted">
              {meaning.definition} {meaning.reading}
            </span>
          )}
        </Fact>
      )}
      {stage === null ? null : <Fact word={t('web.stage')}>{t.knows(stageKey) ? t(stageKey) : stage}</Fact>}
      {given.length === 0 ? null : (
        <Fact word={t('catalog.parameters')}>
          {given.map(({ meaning: explained, name, value }) => (
            <span key={name} className="block">
              {name}: <span className="font-medium">{value}</span>
              {explained === undefined ? null : <span className="text-muted"> – {explained}</span>}
            </span>
          ))}
        </Fact>
      )}
      {assumptions.length === 0 ? null : (
        <Fact word={t('definition.assumed')}>
          {assumptions.map((assumption, index) => (
            // The same may be assumed twice, of two numbers of the sentence.
            <span key={index} className="block">
              {assumptionSentence(lang, assumption)}
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}

/** The one in use first. Those before it are folded away. */
function Baseline({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { open } = usePanel();
  const mayChange = useMayChange(detail) && takesBaseline(detail);
  const { baselines, startValue } = detail;
  const [inUse, ...before] = baselines;
  return (
    <Fact word={t('baseline.title')}>
      {inUse !== undefined
        ? baselineLine(t, format, inUse, detail)
        : startValue === null
          ? t('baseline.awaiting')
          : t('baseline.given', { value: format.full(startValue, detail) })}
      {mayChange ? (
        <button type="button" className="link ml-2 min-h-6" onClick={() => open({ do: 'baseline' })}>
          {t('web.kr.baseline_change')}
        </button>
      ) : null}
      {before.length === 0 ? null : (
        <details className="mt-1 text-muted">
          <summary className="cursor-pointer">{t('baseline.before')}</summary>
          {before.map((baseline) => (
            <span key={baseline.id} className="block">
              {baselineLine(t, format, baseline, detail)}
            </span>
          ))}
        </details>
      )}
    </Fact>
  );
}

/** What was promised one after the other, newest first: by whom it was changed, and why. */
function Targets({
  detail,
  targets,
}: {
  detail: KeyResultDetail;
  targets: NonNullable<KeyResultDetail['targets']>;
}) {
  const { t, format } = useLanguage();
  return (
    <Fact word={t('web.kr.targets')}>
      {targets.toReversed().map(({ author, changedAt, goal, reason, targetValue }) => (
        <span key={changedAt ?? 'first'} className="block">
          <span className="font-medium">{targetWords(t, format, { ...detail, goal, targetValue })}</span>{' '}
          {changedAt === null
            ? t('web.kr.target_first')
            : t('web.kr.target_since', {
                at: format.instant(changedAt),
                author: author ?? t('override.somebody'),
              })}
          {reason === null ? null : <span className="text-muted"> – {reason}</span>}
        </span>
      ))}
    </Fact>
  );
}

/** Of the metric, newest first; the newest is in use unless it waits to be accepted. */
function Versions({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const waiting = detail.newDefinition?.version ?? null;
  const newest = detail.versions.at(-1)?.version;
  return (
    <Fact word={t('definition.versions')}>
      {detail.versions.toReversed().map(({ changeReason, createdAt, retiredAt, version, versionId }) => (
        <span key={versionId} className="block">
          {t('web.version_change', { version, at: format.instant(createdAt) })}
          {changeReason === null ? null : <span className="text-muted"> – {changeReason}</span>}
          {waiting === version ? (
            <span className="text-warn"> · {t('web.kr.version_waits')}</span>
          ) : retiredAt !== null ? (
            <span className="text-muted"> · {t('web.kr.version_retired')}</span>
          ) : waiting === null && version === newest ? (
            <span className="text-muted"> · {t('web.kr.version_in_use')}</span>
          ) : null}
        </span>
      ))}
    </Fact>
  );
}

function takesBaseline({ goal }: KeyResultDetail): boolean {
  return (
    goal.kind === 'reach' ||
    goal.kind === 'change' ||
    (goal.kind === 'guardrail' && goal.method === 'distance')
  );
}

/** Goals that are measured from somewhere, and do not know from where yet. */
function waitsForBaseline({ goal }: KeyResultDetail): boolean {
  if (goal.kind === 'change') return goal.baselineValue === null;
  if (goal.kind === 'guardrail') return goal.method === 'distance' && goal.startValue === null;
  return goal.kind === 'reach' && goal.startValue === null;
}
