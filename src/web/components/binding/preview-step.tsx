import type { UseQueryResult } from '@tanstack/react-query';
import { ApiError } from '../../api.ts';
import type { BindingPreview, Detail } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useProblem } from '../notices.tsx';
import { Bone, LoadingWord } from '../skeleton.tsx';
import { CheckField } from '../ui/fields.tsx';
import type { Place } from './bind-place.ts';
import { ConnectorMetric } from './connector-metric.tsx';
import { PreviewChart } from './preview-chart.tsx';
import { EarlierPeriod, NewestPoints, ValueNow } from './preview-facts.tsx';
import { PushHint } from './push-hint.tsx';
import { Remarks } from './remarks.tsx';
import { Requests } from './requests.tsx';

type Props = {
  detail: Detail;
  place: Place;
  preview: UseQueryResult<BindingPreview>;
  /** Asks the source anew. */
  onAgain: () => void;
};

/** The number before anything is saved: what it is now, what it was, what it would make of the Key Result, what it costs. */
export function PreviewStep({ detail, onAgain, place, preview }: Props) {
  const { data, error, isFetching } = preview;
  if (data === undefined && error === null) return <PreviewSkeleton />;
  return (
    <>
      {error === null ? null : (
        <Refused error={error} detail={detail} place={place} busy={isFetching} onAgain={onAgain} />
      )}
      {data === undefined || error !== null ? null : (
        <>
          <Remarks preview={data} />
          <ValueNow preview={data} />
          {data.coverage.daysWithValue === 0 &&
          data.metric.key !== null &&
          data.metric.connectionKey === null ? (
            <PushHint metric={data.metric.key} />
          ) : null}
          <PreviewChart preview={data} />
          {data.coverage.daysWithValue === 0 ? null : (
            <div className="grid items-start gap-x-5 lg:grid-cols-2">
              <EarlierPeriod preview={data} />
              <NewestPoints preview={data} />
            </div>
          )}
          {data.metric.connectionKey === null ? null : <Requests preview={data} />}
        </>
      )}
      {isInput(place, error) ? null : <NextStep place={place} preview={preview} onAgain={onAgain} />}
    </>
  );
}

/** What was typed is at fault: it is mended where it stands. */
const isInput = (place: Place, error: unknown): boolean =>
  place.way === 'connector' && error instanceof ApiError && error.status === 422;

/** Whether the look is good enough to save on. */
export const isSound = ({ data, error }: Pick<UseQueryResult<BindingPreview>, 'data' | 'error'>): boolean =>
  error === null && data !== undefined && data.standing !== null && data.coverage.daysWithValue > 0;

function NextStep({ onAgain, place, preview }: Omit<Props, 'detail'>) {
  const { t } = useLanguage();
  const sound = isSound(preview);
  const impossible = preview.error === null && preview.data?.standing === null;
  const unverified = place.words['unverified'] === '1';
  // Nobody is asked for what people and programs bring.
  const brought = preview.data !== undefined && preview.data.metric.connectionKey === null;
  return (
    <div className="space-y-3">
      {sound || impossible ? null : (
        <CheckField
          label={t(brought ? 'web.binding.unfed' : 'web.binding.unverified')}
          hint={t(brought ? 'web.binding.unfed_hint' : 'web.binding.unverified_hint')}
          checked={unverified}
          onChange={(checked) => place.put({ unverified: checked ? '1' : undefined })}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="button button-main"
          disabled={impossible || (!sound && !unverified)}
          onClick={() => place.go({ step: 'rule' })}
        >
          {t('web.binding.continue')}
        </button>
        <button type="button" className="button" disabled={preview.isFetching} onClick={onAgain}>
          {t(
            preview.isFetching
              ? 'web.binding.asking'
              : brought
                ? 'web.binding.look_again'
                : 'web.binding.ask_again',
          )}
        </button>
        <button type="button" className="button" onClick={() => place.go({ step: 'metric' })}>
          {t('web.binding.change_choice')}
        </button>
      </div>
    </div>
  );
}

/** What the source or the server said; what was chosen stands below it and can be changed at once. */
function Refused(props: {
  error: unknown;
  detail: Detail;
  place: Place;
  busy: boolean;
  onAgain: () => void;
}) {
  const { busy, detail, error, onAgain, place } = props;
  const { t } = useLanguage();
  const { detail: said, fix, requestId } = useProblem(error);
  const atFields = isInput(place, error);
  return (
    <>
      <section role="alert" className="card border-bad">
        <h2 className="font-semibold">{t('web.binding.refused')}</h2>
        <p className="mt-1 leading-relaxed break-words">{said}</p>
        {fix === '' || atFields ? null : <p className="mt-1 leading-relaxed break-words text-muted">{fix}</p>}
        <p className="mt-1 text-[13px] text-muted">{t('web.binding.nothing_lost')}</p>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="button" className="button" disabled={busy} onClick={onAgain}>
            {busy ? t('web.binding.asking') : t('state.retry')}
          </button>
          {requestId === null ? null : (
            <span className="text-[13px] text-muted">
              {t('evidence.request_id')}: <code className="font-mono select-all">{requestId}</code>
            </span>
          )}
        </div>
      </section>
      {atFields ? <ConnectorMetric detail={detail} place={place} error={error} /> : null}
    </>
  );
}

function PreviewSkeleton() {
  return (
    <div>
      <LoadingWord />
      <div className="card grid gap-6 md:grid-cols-2">
        <div className="space-y-3">
          <Bone className="h-4 w-20" />
          <Bone className="h-9 w-40" />
          <Bone className="h-5 w-56" />
        </div>
        <div className="space-y-2.5">
          <Bone className="h-4 w-48" />
          <Bone className="h-4 w-40" />
          <Bone className="h-4 w-52" />
        </div>
      </div>
      <div className="card">
        <Bone className="h-4 w-24" />
        <Bone className="mt-4 h-60 w-full" />
      </div>
    </div>
  );
}
