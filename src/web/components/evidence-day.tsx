import { Link } from '@tanstack/react-router';
import type { Explanation, KeyResultDetail } from '../../api/contract.ts';
import type { ChartDay } from '../chart-model.ts';
import { noValueText } from '../definition-words.ts';
import { daysAfter } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { originWord } from '../origin-word.ts';
import { usePanel } from '../use-panel.ts';
import { alertWord, checkInWords, wasWords } from './day-readout.tsx';
import { Fact, Facts } from './evidence-parts.tsx';
import { RunDetails } from './evidence-runs.tsx';

type Asked = {
  detail: KeyResultDetail;
  days: readonly ChartDay[];
  day: string;
  explanation: Explanation;
};

/** One day of the line: exactly what stands there, what it was before, what belongs to it, and which sync brought it. */
export function EvidenceDay({ day, days, detail, explanation }: Asked) {
  const { t, format } = useLanguage();
  const { open } = usePanel();
  const shown = days.find((each) => each.day === day);
  const used = explanation.points.find((each) => each.day === day);
  const point = used ?? explanation.onDay?.point ?? undefined;
  const ids = new Set([point?.runId, ...(explanation.onDay?.inputRunIds ?? [])]);
  const runs = explanation.runs.filter(({ id }) => ids.has(id));
  const step = (by: number) => {
    const to = daysAfter(day, by);
    const exists = days.some((each) => each.day === to) && to <= detail.today;
    return (
      <button
        type="button"
        className="button"
        disabled={!exists}
        onClick={() => open({ evidence: 1, day: to })}
      >
        {t(by < 0 ? 'web.kr.day_before' : 'web.kr.day_after')}
      </button>
    );
  };
  return (
    <section aria-labelledby="evidence-day" className="mb-6 rounded-xl bg-sunken p-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h3 id="evidence-day" className="font-semibold">
          {format.day(day)}
        </h3>
        <span className="flex gap-2">
          {step(-1)}
          {step(1)}
        </span>
      </div>
      {shown === undefined ? (
        <p className="text-[13px] text-muted">{t('web.kr.day_unknown')}</p>
      ) : (
        <DayFacts detail={detail} day={shown} point={point} />
      )}
      {runs.map((run, index) => (
        <div key={run.id} className="mt-3 rounded-lg bg-surface">
          <RunDetails run={run} open={index === 0} />
        </div>
      ))}
      {used === undefined && shown?.value !== null && detail.tracking !== 'check_in' ? (
        <p className="mt-2 text-[13px] text-muted">{t('web.kr.day_not_used')}</p>
      ) : null}
    </section>
  );
}

function DayFacts(props: {
  detail: KeyResultDetail;
  day: ChartDay;
  point: Explanation['points'][number] | undefined;
}) {
  const { t, format } = useLanguage();
  const { day, detail, point } = props;
  const began = detail.initiatives.filter(({ startDay }) => startDay === day.day);
  return (
    <Facts>
      <Fact word={detail.goal.kind === 'accumulate' ? t('web.running_sum') : t('column.value')}>
        <strong className="font-semibold">
          {day.value === null ? noValueText(t, format, day.reason) : format.full(day.value, detail)}
        </strong>
        {day.value === null ? null : (
          <> · {day.settled ? t('evidence.settled') : t('evidence.provisional')}</>
        )}
      </Fact>
      {point === undefined || detail.goal.kind !== 'accumulate' ? null : (
        <Fact word={t('web.kr.day_alone')}>{format.decimal(point.value, detail)}</Fact>
      )}
      {point == null || point.numerator === null || point.denominator === null ? null : (
        <Fact word={t('web.kr.parts')}>
          {point.numerator} ÷ {point.denominator}
        </Fact>
      )}
      {day.expected === null ? null : (
        <Fact word={t('column.expected')}>{format.full(day.expected, detail)}</Fact>
      )}
      {day.origin === null ? null : (
        <Fact word={t('column.origin')}>
          {originWord(t, day.origin)}
          {point === undefined ? null : ` · ${format.instant(point.fetchedAt)}`}
        </Fact>
      )}
      {day.was === null ? null : (
        <Fact word={t('web.kr.before')}>
          <span className="text-warn">{wasWords(t, format, detail, day.was)}</span>
        </Fact>
      )}
      {day.override === null ? null : (
        <Fact word={t('web.owner_value')}>{format.full(day.override, detail)}</Fact>
      )}
      {day.checkIns.map((checkIn) => (
        <Fact key={checkIn.id} word={t('web.check_in')}>
          {checkInWords(t, format, checkIn)}
        </Fact>
      ))}
      {began.map(({ id, title }) => (
        <Fact key={id} word={t('web.kr.initiative_begins')}>
          {title}
        </Fact>
      ))}
      {day.alerts.map(({ id, kind }) => (
        <Fact key={`${id} ${kind}`} word={t('page.alerts')}>
          <Link to="/alerts/$id" params={{ id }} className="link">
            {alertWord(t, kind)}
          </Link>
        </Fact>
      ))}
    </Facts>
  );
}
