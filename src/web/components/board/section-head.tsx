import { titleIn } from '../../../i18n/index.ts';
import type { BoardSection } from '../../board-order.ts';
import { useLanguage } from '../../language.tsx';
import { statusWord } from '../badges.tsx';
import { StatusIcon } from '../icons.tsx';
import { ObjectiveLine } from '../objective-line.tsx';
import { sourceName } from '../source-label.tsx';

/** What a group is called; also for a screen reader, while its heading is out of sight. */
export function useSectionTitle(): (section: BoardSection) => string {
  const { t } = useLanguage();
  return ({ of }) => {
    switch (of.kind) {
      case 'objective':
        return titleIn(t.lang, of.objective);
      case 'owner':
        return of.name ?? t('page.no_owner');
      case 'status':
        return statusWord(t, of.state);
      case 'source':
        return sourceName(t, of.source);
      default:
        return t('web.board.all_rows');
    }
  };
}

/** The heading of a group, and the words above its columns. */
export function SectionHead({ section }: { section: BoardSection }) {
  const title = useSectionTitle()(section);
  const { of, rows } = section;
  return (
    <div className="kr-head px-4 pt-4 pb-3 sm:px-5">
      <div className="kr-title min-w-0">
        <h2 className="flex items-center gap-1.5 leading-snug font-semibold break-words">
          {of.kind === 'status' ? <StatusIcon state={of.state} /> : null}
          <span className="min-w-0">{title}</span>
          {of.kind === 'objective' ? null : (
            <span className="font-normal text-muted tabular-nums">{rows.length}</span>
          )}
        </h2>
        {of.kind === 'objective' ? <ObjectiveLine objective={of.objective} /> : null}
      </div>
      <ColumnWords />
    </div>
  );
}

/** Only for the eye and only on wide screens: each cell names itself to a screen reader. */
function ColumnWords() {
  const { t } = useLanguage();
  const words = [
    ['kr-trend', t('column.trend')],
    ['kr-value', t('web.column.value_to_target')],
    ['kr-progress', t('column.progress')],
    ['kr-chance', t('web.board.chance')],
    ['kr-status', t('column.status')],
    ['kr-data', t('column.data')],
  ] as const;
  return words.map(([area, word]) => (
    <span key={area} aria-hidden="true" className={`${area} kr-word self-end text-xs text-muted`}>
      {word}
    </span>
  ));
}
