import { Link } from '@tanstack/react-router';
import type { Answer } from '../../../api/client-types.ts';
import { titleIn } from '../../../i18n/index.ts';
import { useLanguage } from '../../language.tsx';
import { currentText, knownDataState } from '../../words.ts';
import { DataIcon } from '../icons.tsx';

type Row = Answer<'listKeyResults'>['data'][number];
const SHOWN = 5;

/** The first Key Results, and whether their numbers are there. */
export function WelcomeLive({ rows }: { rows: readonly Row[] }) {
  const { format, t } = useLanguage();
  return (
    <>
      <ul className="max-w-xl divide-y divide-line rounded-xl border border-line bg-surface">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <Link
              to="/key-results/$key"
              params={{ key: row.key }}
              className="min-w-0 flex-1 basis-48 break-words hover:underline"
            >
              {titleIn(t.lang, row)}
            </Link>
            <span className="tabular-nums">{currentText(format, row, 'short') ?? t('state.no_data')}</span>
            <span className="inline-flex items-center gap-1.5 text-[13px] text-muted">
              <DataIcon state={knownDataState(row.data.state)} />
              {t(`data.${knownDataState(row.data.state)}`)}
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Link to="/" className="button button-main">
          {t('web.welcome.to_board')}
        </Link>
        <Link to="/new" className="button">
          {t('web.nav.add')}
        </Link>
      </div>
    </>
  );
}
