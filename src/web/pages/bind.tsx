import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { titleIn } from '../../i18n/index.ts';
import { call } from '../api.ts';
import {
  type BindingPreview,
  type BindingRequest,
  type Detail,
  detailQuery,
  measurableQuery,
  previewQuery,
} from '../binding-queries.ts';
import { baselineOf, type Place, ruleOf, sourceOf, usePlace } from '../components/binding/bind-place.ts';
import { BindSteps } from '../components/binding/bind-steps.tsx';
import { Bound } from '../components/binding/bound.tsx';
import { CheckInFirst } from '../components/binding/check-in-first.tsx';
import { ConnectorMetric } from '../components/binding/connector-metric.tsx';
import { KnownMetrics } from '../components/binding/known-metrics.tsx';
import { OwnNumber } from '../components/binding/own-number.tsx';
import { PreviewStep } from '../components/binding/preview-step.tsx';
import { RuleStep } from '../components/binding/rule-step.tsx';
import { SaveStep } from '../components/binding/save-step.tsx';
import { SourceStep } from '../components/binding/source-step.tsx';
import { Notice } from '../components/notices.tsx';
import { Asked, LinesSkeleton, PageHead } from '../components/ui/page-parts.tsx';
import { goalPhrase } from '../goal-words.ts';
import { useLanguage } from '../language.tsx';
import { paramFields } from '../param-form.ts';
import { useMe } from '../use-me.ts';

/** How a Key Result gets its number: source, metric, a look at it, start and alert, save. Each step is an address. */
export function BindPage() {
  const { t } = useLanguage();
  const { key } = useParams({ from: '/key-results/$key/bind' });
  const { me, mayEdit } = useMe();
  const detail = useQuery(detailQuery(key));
  return (
    <div className="mx-auto max-w-5xl">
      <Asked query={detail}>
        {(found) =>
          me !== null && !mayEdit ? (
            <Notice title={t('web.binding.no_edit')}>
              <p>{t('web.binding.no_edit_hint')}</p>
            </Notice>
          ) : (
            <Wizard detail={found} />
          )
        }
      </Asked>
    </div>
  );
}

function Wizard({ detail }: { detail: Detail }) {
  const { t, format } = useLanguage();
  const place = usePlace();
  const heading = useRef<HTMLDivElement>(null);
  const { step, words } = place;
  const shown = words['done'] === '1' ? 'done' : step;
  const first = useRef(shown);
  useEffect(() => {
    // Whoever reads with the ears, or walks by keys, begins each step at its top.
    if (first.current === shown) return;
    first.current = shown;
    heading.current?.focus();
    window.scrollTo({ top: 0 });
  }, [shown]);
  const bound = detail.source;
  return (
    <>
      <div ref={heading} tabIndex={-1} className="outline-none">
        <PageHead
          title={t('web.binding.measure', { title: titleIn(t.lang, detail) })}
          back={
            <Link
              to="/key-results/$key"
              params={{ key: detail.key }}
              className="link mb-1 inline-block text-[13px]"
            >
              {t('web.binding.to_key_result')}
            </Link>
          }
        >
          {goalPhrase(t, format, detail.goal, detail)}
          {bound === null || shown === 'done'
            ? null
            : ` · ${t('web.binding.measured_now', { metric: bound.metricTitle })}`}
        </PageHead>
      </div>
      {detail.goal.kind === 'milestone' ? (
        <Notice title={t('web.binding.by_steps')} inside>
          <p>{t('web.binding.by_steps_hint')}</p>
        </Notice>
      ) : detail.cycle.state === 'closed' ? (
        <Notice title={t('web.binding.closed')} inside>
          <p>{t('web.binding.closed_hint')}</p>
        </Notice>
      ) : shown === 'done' && place.way !== 'check_in' ? (
        <Bound keyResult={detail.key} />
      ) : (
        <Steps detail={detail} place={place} />
      )}
    </>
  );
}

function Steps({ detail, place }: { detail: Detail; place: Place }) {
  const client = useQueryClient();
  const { step, way, words } = place;
  const { connection = '', metric } = words;
  const measurable = useQuery({
    ...measurableQuery(connection),
    enabled: way === 'connector' && connection !== '' && metric !== undefined,
  });
  const chosen = measurable.data?.find((each) => each.metric === metric);
  const fields = chosen === undefined ? null : paramFields(chosen.params);
  const source = sourceOf(place, fields);
  const looks = step === 'preview' || step === 'rule' || step === 'save';
  // The start and the rule change what is shown from the step on where they are chosen.
  const { baseline } = step === 'preview' ? { baseline: null } : baselineOf(words, detail);
  const request: BindingRequest | null =
    source === null || !looks
      ? null
      : { source, baseline, rule: step === 'preview' ? null : ruleOf(words), again: false };
  const query = previewQuery(detail.key, request);
  const keeps = step === 'preview' ? {} : { placeholderData: keepPreviousData<BindingPreview> };
  const preview = useQuery({ ...query, ...keeps });
  const again = () => {
    if (request === null) return;
    void client
      .fetchQuery({
        ...query,
        staleTime: 0,
        queryFn: ({ signal }) =>
          call('previewBinding', { params: { id: detail.key }, body: { ...request, again: true }, signal }),
      })
      .catch(() => {}); // told by the query itself
  };
  const body = () => {
    if (way === 'connector' && step !== 'source' && step !== 'metric' && measurable.isLoading)
      return <LinesSkeleton lines={6} />;
    if (step === 'source' || way === null) return <SourceStep detail={detail} place={place} />;
    if (way === 'check_in') return <CheckInFirst detail={detail} place={place} />;
    if (step === 'metric' || source === null) {
      if (way === 'connector') return <ConnectorMetric detail={detail} place={place} />;
      if (way === 'metric') return <KnownMetrics detail={detail} place={place} />;
      return <OwnNumber key={way} detail={detail} place={place} />;
    }
    if (step === 'preview')
      return <PreviewStep detail={detail} place={place} preview={preview} onAgain={again} />;
    if (step === 'rule') return <RuleStep detail={detail} place={place} preview={preview} />;
    return <SaveStep detail={detail} place={place} preview={preview} source={source} />;
  };
  return (
    <>
      {way === 'check_in' ? null : (
        <BindSteps
          place={place}
          reached={source === null ? (way === null ? 'source' : 'metric') : 'preview'}
        />
      )}
      {body()}
    </>
  );
}
