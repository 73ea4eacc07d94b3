import { useQuery } from '@tanstack/react-query';
import type { Answer } from '../../../api/client-types.ts';
import { titleIn } from '../../../i18n/index.ts';
import { useLanguage } from '../../language.tsx';
import { scorecardQuery } from '../../setup-queries.ts';
import { knownStatus } from '../../words.ts';
import { StatusIcon } from '../icons.tsx';
import { Asked } from '../ui/page-parts.tsx';

type Scorecard = Answer<'getScorecard'>;

/** How a cycle ended, as it was frozen. */
export function ScorecardView({ cycle }: { cycle: string }) {
  return (
    <Asked query={useQuery(scorecardQuery(cycle))} inside>
      {(scorecard) => <Frozen scorecard={scorecard} />}
    </Asked>
  );
}

function Frozen({ scorecard }: { scorecard: Scorecard }) {
  const { t, format } = useLanguage();
  const { closedAt, closedBy, keyResults, objectives, reason } = scorecard;
  const achieved = keyResults.filter(({ status }) => status === 'achieved').length;
  return (
    <>
      <p className="text-lg font-semibold">{t('scorecard.counts', { achieved, all: keyResults.length })}</p>
      <p className="text-[13px] break-words text-muted">
        {t('scorecard.closed', { day: format.instant(closedAt), name: closedBy })}
      </p>
      {reason === null ? null : <p className="mt-1 text-[13px] break-words text-muted">{reason}</p>}
      {objectives.map((objective) => (
        <section key={objective.id} className="mt-5">
          <h3 className="flex items-baseline justify-between gap-4 font-medium">
            <span className="min-w-0 break-words">{titleIn(t.lang, objective)}</span>
            <span className="tabular-nums">{format.percent(objective.progress)}</span>
          </h3>
          <ul className="mt-1 divide-y divide-line border-y border-line">
            {keyResults
              .filter(({ objectiveId }) => objectiveId === objective.id)
              .map((row) => (
                <li key={row.id} className="flex flex-wrap items-baseline gap-x-4 py-2 text-[14px]">
                  <span className="min-w-0 flex-1 basis-52 break-words">{titleIn(t.lang, row)}</span>
                  <span className="text-muted tabular-nums">
                    {t('web.cycles.final', {
                      value: format.short(row.finalValue, row),
                      target: format.short(row.targetValue, row),
                    })}
                  </span>
                  <span className="tabular-nums">{format.percent(row.progress)}</span>
                  <span className="inline-flex items-center gap-1.5">
                    <StatusIcon state={knownStatus(row.status)} />
                    {t(`status.${knownStatus(row.status)}`)}
                    {row.provisional ? ` (${t('scorecard.provisional')})` : ''}
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <p className="mt-4 text-[13px] text-muted">{t('roll_up.rule')}</p>
    </>
  );
}
