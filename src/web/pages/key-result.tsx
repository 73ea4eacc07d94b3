import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { titleIn } from '../../i18n/index.ts';
import { chartDays } from '../chart-model.ts';
import { useServerNow } from '../clock.ts';
import { ChartPanel } from '../components/chart-panel.tsx';
import { DefinitionCard } from '../components/definition-card.tsx';
import { WhyThisNumber } from '../components/explanation.tsx';
import { KeyResultDialogs } from '../components/key-result-dialogs.tsx';
import { KeyResultExtras } from '../components/key-result-extras.tsx';
import { KeyResultFacts } from '../components/key-result-facts.tsx';
import { BackToBoard, KeyResultHead } from '../components/key-result-head.tsx';
import { KeyResultSkeleton } from '../components/key-result-skeleton.tsx';
import { WhatMovedIt } from '../components/movements.tsx';
import { isNotFound, isSignedOut, Notice, ProblemNotice, RefreshTrouble } from '../components/notices.tsx';
import { AtThatTime, PastBanner } from '../components/past.tsx';
import { SignedOut } from '../components/sign-in-form.tsx';
import { StandingNotes } from '../components/standing-notes.tsx';
import { useLanguage } from '../language.tsx';
import { keyResultQuery } from '../queries.ts';
import { useCheckIns } from '../use-check-ins.ts';
import { agoOf } from '../words.ts';

const route = getRouteApi('/key-results/$key');

export function KeyResultPage() {
  const { t } = useLanguage();
  const { key } = route.useParams();
  const { asOf = null } = route.useSearch();
  const { data: detail, error, refetch, dataUpdatedAt } = useQuery(keyResultQuery(key, asOf));
  const now = useServerNow();
  const title = detail === undefined ? t('page.key_result') : titleIn(t.lang, detail);
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);

  if (isSignedOut(error)) return <SignedOut />;
  if (isNotFound(error) && detail === undefined)
    return (
      <>
        <BackToBoard />
        <Notice title={t('state.key_result_not_found')}>
          <p className="font-mono text-[13px] break-all">{key}</p>
        </Notice>
      </>
    );
  return (
    <div className="mx-auto max-w-[1080px]">
      <BackToBoard />
      {detail === undefined ? (
        error === null ? (
          <KeyResultSkeleton />
        ) : (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <AtThatTime asOf={detail.asOf}>
          <PastBanner asOf={detail.asOf} keyResult={detail.key} />
          {error === null ? null : (
            <RefreshTrouble error={error} ago={agoOf(t, new Date(dataUpdatedAt).toISOString(), now) ?? ''} />
          )}
          <KeyResultHead detail={detail} />
          <StandingNotes detail={detail} />
          <KeyResultFacts detail={detail} />
          {/* Steps are done or not: without a metric there is no line to draw. */}
          {detail.goal.kind === 'milestone' && detail.source === null ? null : <ChartPanel detail={detail} />}
          <KeyResultExtras detail={detail} />
          <WhatMovedIt detail={detail} />
          <DefinitionCard detail={detail} />
          <AbovePage detail={detail} />
        </AtThatTime>
      )}
    </div>
  );
}

/** The drawer of evidence and the windows of what can be done. */
function AbovePage({ detail }: { detail: KeyResultDetail }) {
  const { data: checkIns = [] } = useCheckIns(detail);
  return (
    <>
      <WhyThisNumber detail={detail} days={chartDays(detail, checkIns)} />
      <KeyResultDialogs detail={detail} />
    </>
  );
}
