import { Link, useNavigate } from '@tanstack/react-router';
import type { KeyResultDetail } from '../../api/contract.ts';
import { titleIn } from '../../i18n/index.ts';
import { call } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { useMe } from '../use-me.ts';
import { usePanel } from '../use-panel.ts';
import { FormProblem } from './form.tsx';
import { Menu } from './menu.tsx';
import { say } from './ui/toast.tsx';

/** Whether anything may be changed here: by this reader, in this cycle, and now rather than in the past. */
export function useMayChange({ asOf, cycle }: KeyResultDetail): boolean {
  const { mayEdit } = useMe();
  return mayEdit && asOf === null && cycle.state !== 'closed';
}

/** What can be done with the Key Result. Of a past day or a closed cycle nothing can; whoever only looks sees nothing. */
export function KeyResultActions({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { open } = usePanel();
  const mayChange = useMayChange(detail);
  const archive = useArchive(detail);
  if (!mayEdit || detail.asOf !== null) return null;
  const item = (panel: string, word: string) => (
    <button type="button" className="menu-item" onClick={() => open({ do: panel })}>
      {word}
    </button>
  );
  return (
    <div className="mt-3">
      <div className="flex flex-wrap items-center gap-2">
        {mayChange ? (
          <button type="button" className="button button-main" onClick={() => open({ do: 'check-in' })}>
            {t('web.kr.check_in')}
          </button>
        ) : null}
        <button type="button" className="button min-h-8" onClick={() => open({ do: 'share' })}>
          {t('web.kr.share')}
        </button>
        {mayChange ? (
          <Menu label={t('web.kr.more')}>
            {item('edit', t('web.kr.edit'))}
            {detail.source === null || detail.goal.kind === 'milestone'
              ? null
              : item('override', t('web.kr.override'))}
            {item('guard', t(detail.guard === null ? 'web.kr.guard_set' : 'web.kr.guard_change'))}
            {item('initiative', t('web.kr.initiative_add'))}
            {detail.tracking === 'check_in' ? item('cadence', t('web.kr.cadence')) : null}
            <Link to="/key-results/$key/bind" params={{ key: detail.key }} className="menu-item">
              {t(detail.tracking === 'check_in' ? 'web.kr.measure' : 'web.kr.measure_other')}
            </Link>
            <button
              type="button"
              className="menu-item text-bad"
              disabled={archive.busy}
              onClick={() => void archive.run(undefined)}
            >
              {t('web.kr.archive')}
            </button>
          </Menu>
        ) : null}
      </div>
      <FormProblem error={archive.error} />
    </div>
  );
}

/** Puts it away and leads to the board, where for a while it can be taken back. */
function useArchive(detail: KeyResultDetail) {
  const { t } = useLanguage();
  const { id } = detail;
  const title = titleIn(t.lang, detail);
  const navigate = useNavigate();
  const params = { id };
  const restore = useChange(() => call('restoreKeyResult', { params }));
  return useChange(
    async () => {
      await call('archiveKeyResult', { params });
      await navigate({ to: '/' });
    },
    () =>
      say(t('web.kr.archived', { title }), () => {
        void restore.run(undefined).then((row) => {
          if (row !== undefined) void navigate({ to: '/key-results/$key', params: { key: row.key } });
          else say(t('web.kr.restore_failed', { title }));
        });
      }),
  );
}
