import { Link } from '@tanstack/react-router';
import { call } from '../../api.ts';
import { lastDay } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { CycleState } from '../cycle-note.tsx';
import { FormProblem } from '../form.tsx';
import { say } from '../ui/toast.tsx';
import type { Cycle } from './cycle-form.tsx';

/** What an address may have open about a cycle. */
export const CYCLE_WINDOWS = ['scorecard', 'close', 'carry'] as const;
export type CycleWindow = (typeof CYCLE_WINDOWS)[number];

export function CycleRow(props: { cycle: Cycle; mayEdit: boolean; onOpen: (window: CycleWindow) => void }) {
  const { t, format } = useLanguage();
  const { cycle, mayEdit, onOpen } = props;
  const { endDay, id, key, startDay, state, timeZone, title } = cycle;
  const restore = useChange(() => call('restoreCycle', { params: { id } }));
  const archive = useChange(
    () => call('archiveCycle', { params: { id } }),
    () => say(t('web.cycles.archived', { title }), () => void restore.run(undefined)),
  );
  const window = (name: CycleWindow) => (
    <button type="button" onClick={() => onOpen(name)} className="button">
      {t(`web.cycles.open.${name}`)}
    </button>
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">
          <Link to="/" search={{ cycle: key }} className="rounded-sm hover:underline">
            {title}
          </Link>
        </p>
        <p className="text-[13px] text-muted tabular-nums">
          <CycleState cycle={cycle} />
          {' · '}
          {t('web.cycle_days', {
            startDay: format.day(startDay),
            lastDay: format.day(lastDay(endDay)),
            timeZone,
          })}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {state === 'closed' ? window('scorecard') : null}
        {mayEdit && state === 'closed' ? window('carry') : null}
        {mayEdit && state === 'closing' ? window('close') : null}
        {mayEdit ? (
          <button
            type="button"
            disabled={archive.busy}
            onClick={() => void archive.run(undefined)}
            aria-label={t('web.cycles.archive', { title })}
            className="button"
          >
            {t('web.archive')}
          </button>
        ) : null}
      </div>
      <FormProblem error={archive.error ?? restore.error} />
    </li>
  );
}
