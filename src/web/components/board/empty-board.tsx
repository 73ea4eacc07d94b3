import { Link } from '@tanstack/react-router';
import type { Board } from '../../../api/contract.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import { EmptyState } from '../ui/page-parts.tsx';

/** There is a cycle, and nothing in it. */
export function EmptyBoard({ board }: { board: Board }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const may = mayEdit && board.cycle?.state !== 'closed' && board.asOf === null;
  return (
    <EmptyState
      title={t('state.empty_board')}
      action={
        may ? (
          <Link to="/new" className="button button-main">
            {t('web.nav.add')}
          </Link>
        ) : null
      }
    >
      {t(may ? 'web.board.empty' : 'web.board.empty_viewer')}
    </EmptyState>
  );
}

/** Nothing was set up yet. */
export function NoCycle() {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  return (
    <section className="mx-auto mt-12 max-w-xl rounded-xl border border-line bg-surface p-6 sm:p-8">
      <h1 className="text-lg font-semibold text-balance">{t('state.no_cycle')}</h1>
      <p className="mt-2 leading-relaxed text-muted">{t('web.board.no_cycle')}</p>
      {mayEdit ? (
        <Link to="/welcome" className="button button-main mt-4 inline-block">
          {t('web.board.start')}
        </Link>
      ) : null}
    </section>
  );
}
