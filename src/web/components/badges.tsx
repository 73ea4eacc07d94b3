import type { KeyResultRow } from '../../api/contract.ts';
import { nextCheckInDay } from '../check-in-due.ts';
import { useServerNow } from '../clock.ts';
import { ageOf } from '../format.ts';
import { useLanguage } from '../language.tsx';
import {
  agoOf,
  type DataState,
  dataTone,
  knownDataState,
  knownStatus,
  reasonSentence,
  type StatusState,
  shortAge,
  statusTone,
  type Tone,
} from '../words.ts';
import { DataIcon, HandIcon, StatusIcon } from './icons.tsx';

const toneClasses: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  calm: 'bg-calm-soft text-calm',
  quiet: 'bg-quiet-soft text-quiet',
};

/** How the Key Result stands. Below it, what it stands on when that is not today's data. */
export function StatusBadge({ row }: { row: KeyResultRow }) {
  const { t, format } = useLanguage();
  const measure = { unit: row.unit, currency: row.currency };
  const state = knownStatus(row.status.state);
  const { lastKnown, asOfDay } = row.status;
  const held = asOfDay !== null && row.data.state !== 'fresh';
  return (
    <div className="flex flex-col items-start gap-0.5">
      <span
        title={reasonSentence(t, format, row.status.reason, measure)}
        className={`inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-2 text-[13px] font-medium whitespace-nowrap ${toneClasses[statusTone(state)]}`}
      >
        <StatusIcon state={state} />
        {statusWord(t, state)}
      </span>
      {lastKnown !== null ? (
        <span className="pl-0.5 text-xs text-muted">
          {t('status.last_known', {
            status: statusWord(t, knownStatus(lastKnown.state)),
            day: format.shortDay(lastKnown.asOfDay),
          })}
        </span>
      ) : held ? (
        <span className="pl-0.5 text-xs text-muted">
          {t('status.as_of', { day: format.shortDay(asOfDay) })}
        </span>
      ) : null}
    </div>
  );
}

/** How the numbers behind it stand: read by us with their age, or said by people with the day they are asked again. */
export function DataBadge({ row, cycleState }: { row: KeyResultRow; cycleState: string }) {
  return row.tracking === 'check_in' ? (
    <CheckInBadge row={row} cycleState={cycleState} />
  ) : (
    <ReadingBadge row={row} />
  );
}

/** Nothing is read here, so there is no freshness: a reminder stands in its place. */
function CheckInBadge({ row, cycleState }: { row: KeyResultRow; cycleState: string }) {
  const { t, format } = useLanguage();
  const { dataThroughDay, reason, state } = row.data;
  const next = nextCheckInDay(row, cycleState);
  const due = next !== null && state !== 'fresh';
  const none = dataThroughDay === null && row.goal.kind !== 'milestone';
  return (
    <div className="flex flex-col items-start gap-0.5" title={reasonSentence(t, format, reason, row)}>
      <span
        className={`inline-flex items-center gap-1.5 rounded-full py-0.5 text-[13px] whitespace-nowrap ${due ? `pr-2.5 pl-2 ${toneClasses.warn}` : 'text-muted'}`}
      >
        <HandIcon />
        {none ? t('web.check_in_none') : due ? t('web.check_in_due') : t('web.check_in')}
      </span>
      {dataThroughDay === null ? null : (
        <span className="pl-0.5 text-xs text-muted">
          {next === null
            ? t('web.check_in_last', { day: format.shortDay(dataThroughDay) })
            : t(due ? 'web.check_in_since' : 'web.check_in_next', { day: format.shortDay(next) })}
        </span>
      )}
    </div>
  );
}

function ReadingBadge({ row }: { row: KeyResultRow }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const measure = { unit: row.unit, currency: row.currency };
  const state = knownDataState(row.data.state);
  const age = ageOf(row.data.fetchedAt, now);
  const fetched = agoOf(t, row.data.fetchedAt, now);
  const title = [
    reasonSentence(t, format, row.data.reason, measure),
    row.data.dataThroughDay === null
      ? null
      : t('time.data_through', { day: format.day(row.data.dataThroughDay) }),
    fetched === null ? null : `${t('time.fetched_label')}: ${fetched}`,
  ];
  const quiet = state === 'fresh';
  return (
    <span
      title={title.filter((part) => part !== null).join('\n')}
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 text-[13px] whitespace-nowrap ${quiet ? 'text-muted' : `pr-2.5 pl-2 ${toneClasses[dataTone(state)]}`}`}
    >
      <span className={quiet ? 'text-good' : ''}>
        <DataIcon state={state} />
      </span>
      <span>
        {dataWord(t, state)}
        {age === null ? null : (
          <>
            {' · '}
            <span className="tabular-nums">{shortAge(t, age)}</span>
          </>
        )}
      </span>
    </span>
  );
}

type Translate = ReturnType<typeof useLanguage>['t'];

export function statusWord(t: Translate, state: StatusState): string {
  return t(`status.${state}`);
}

export function dataWord(t: Translate, state: DataState): string {
  return t(`data.${state}`);
}
