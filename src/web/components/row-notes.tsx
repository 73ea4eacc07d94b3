import type { ReactNode } from 'react';
import type { KeyResultRow } from '../../api/contract.ts';
import {
  guardRule,
  guardStanding,
  isWithinNoise,
  rhythmLine,
  sampleSentences,
  sampleShort,
  waitingLine,
} from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { GuardIcon, HandIcon, NewIcon, RhythmIcon, SampleIcon } from './icons.tsx';

/** What stands beside the numbers of a row. Nothing to tell draws nothing. */
export function RowNotes({ row, cycleState }: { row: KeyResultRow; cycleState: string }) {
  const { t, format } = useLanguage();
  const { guard, override, sample } = row;
  // In a closed cycle there is nothing left to accept.
  const newDefinition = cycleState === 'closed' ? null : row.newDefinition;
  const rhythm = rhythmLine(t, format, row);
  if (guard === null && newDefinition === null && override === null && sample === null && rhythm === null)
    return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-muted">
      {override === null ? null : (
        <Note
          icon={<HandIcon />}
          strong
          title={t('override.in_force', { untilDay: format.day(override.untilDay) })}
        >
          {t('web.owner_value_until', { day: format.shortDay(override.untilDay) })}
        </Note>
      )}
      {rhythm === null ? null : <Note icon={<RhythmIcon />}>{rhythm}</Note>}
      {sample === null ? null : (
        <Note icon={<SampleIcon />} title={sampleSentences(t, format, sample, row).join('\n')}>
          {sampleShort(t, format, sample, row)}
          {isWithinNoise(sample) ? (
            <strong className="font-medium text-ink"> · {t('web.within_noise')}</strong>
          ) : null}
        </Note>
      )}
      {guard === null ? null : (
        <Note icon={<GuardIcon state={guard.state} />} tone={guard.state === 'broken' ? 'text-bad' : ''}>
          {guardRule(t, format, guard)} · {guardStanding(t, format, guard)}
        </Note>
      )}
      {newDefinition === null ? null : <Note icon={<NewIcon />}>{waitingLine(t, newDefinition)}</Note>}
    </ul>
  );
}

function Note(props: {
  icon: ReactNode;
  children: ReactNode;
  title?: string;
  tone?: string;
  strong?: boolean;
}) {
  return (
    <li
      title={props.title}
      className={`inline-flex min-w-0 items-start gap-1.5 ${props.tone ?? ''} ${props.strong === true ? 'font-medium text-calm' : ''}`}
    >
      <span className="flex h-5 shrink-0 items-center">{props.icon}</span>
      <span className="min-w-0 break-words">{props.children}</span>
    </li>
  );
}
