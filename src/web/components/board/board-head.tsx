import { Link } from '@tanstack/react-router';
import type { Board } from '../../../api/contract.ts';
import type { BoardSearch } from '../../board-search.ts';
import { useServerNow } from '../../clock.ts';
import { lastDay } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import { agoOf } from '../../words.ts';
import { CycleState } from '../cycle-note.tsx';
import { PastPicker } from '../past.tsx';
import { CopyLink } from './copy-link.tsx';
import { CycleSwitch } from './cycle-switch.tsx';

/** Whose board it is, of which days and how old, and what can be done with it as a whole. */
export function BoardHead({ board, search }: { board: Board; search: BoardSearch }) {
  const { t, format } = useLanguage();
  const { mayEdit } = useMe();
  const { cycle } = board;
  const open = cycle !== null && cycle.state !== 'closed' && board.asOf === null;
  return (
    <div className="mb-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <p className="text-[13px] text-muted">{board.workspace.name}</p>
          <h1 className="text-xl font-semibold tracking-tight break-words">{cycle?.title}</h1>
        </div>
        <div className="flex min-h-9 flex-wrap items-center gap-2">
          <CopyLink />
          {mayEdit && open ? (
            <Link to="/new" className="button button-main">
              {t('web.nav.add')}
            </Link>
          ) : null}
        </div>
      </div>
      <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-[13px] text-muted">
        <p className="tabular-nums">
          {cycle === null ? null : (
            <>
              <CycleState cycle={cycle} />
              {' · '}
              {t('web.cycle_days', {
                startDay: format.day(cycle.startDay),
                lastDay: format.day(lastDay(cycle.endDay)),
                timeZone: cycle.timeZone,
              })}
            </>
          )}
          {board.asOf === null ? <ReadAgo at={board.now} /> : null}
        </p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <CycleSwitch search={search} shown={cycle?.title ?? ''} />
          <PastPicker search={search} />
        </div>
      </div>
    </div>
  );
}

/** By itself, so that the clock draws these words anew and nothing else. */
function ReadAgo({ at }: { at: string }) {
  const { t } = useLanguage();
  const now = useServerNow();
  return ` · ${t('web.read', { ago: agoOf(t, at, now) ?? '' })}`;
}
