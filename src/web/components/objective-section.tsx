import type { Board } from '../../api/contract.ts';
import { byAttention } from '../attention.ts';
import { useLanguage } from '../language.tsx';
import { KeyResultLine } from './key-result-row.tsx';
import { ObjectiveLine } from './objective-line.tsx';

/** An objective and its Key Results, those that need somebody first. */
export function ObjectiveSection({
  objective,
  cycleState,
}: {
  objective: Board['objectives'][number];
  cycleState: string;
}) {
  const { t } = useLanguage();
  const headingId = `objective-${objective.id}`;
  return (
    <section
      aria-labelledby={headingId}
      className="mb-5 overflow-hidden rounded-xl border border-line bg-surface"
    >
      <div className="kr-head px-4 pt-4 pb-3 sm:px-5">
        <div className="kr-title min-w-0">
          <h2 id={headingId} className="leading-snug font-semibold break-words">
            {objective.title}
          </h2>
          <ObjectiveLine objective={objective} />
        </div>
        <ColumnWords />
      </div>
      {objective.keyResults.length === 0 ? (
        <p className="border-t border-line px-4 py-3.5 text-muted sm:px-5">{t('web.objective_empty')}</p>
      ) : (
        <ul>
          {byAttention(objective.keyResults).map((row) => (
            <KeyResultLine key={row.id} row={row} cycleState={cycleState} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Only for the eye and only on wide screens: each cell names itself to a screen reader. */
function ColumnWords() {
  const { t } = useLanguage();
  const words = [
    ['kr-trend', t('column.trend')],
    ['kr-value', t('web.column.value_to_target')],
    ['kr-progress', t('column.progress')],
    ['kr-status', t('column.status')],
    ['kr-data', t('column.data')],
  ] as const;
  return words.map(([area, word]) => (
    <span key={area} aria-hidden="true" className={`${area} self-end text-xs text-muted max-lg:hidden`}>
      {word}
    </span>
  ));
}
