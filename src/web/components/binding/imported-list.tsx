import { Link } from '@tanstack/react-router';
import type { Imported } from '../../binding-queries.ts';
import { goalPhrase } from '../../goal-words.ts';
import { useLanguage } from '../../language.tsx';

type Saved = Imported['keyResults'][number];

/** What was saved, and the next step of each: what nothing measures yet can be measured now. */
export function ImportedList({ imported, onMore }: { imported: Imported; onMore: () => void }) {
  const { t } = useLanguage();
  const { cycle, initiatives, keyResults, leftOut, objectives } = imported;
  return (
    <section>
      <div role="status">
        <h2 className="font-semibold">
          {t('drafts.stored', {
            cycle: cycle.key,
            objectives: objectives.filter(({ created }) => created).length,
            keyResults: keyResults.length,
            initiatives: initiatives.length,
          })}
        </h2>
      </div>
      <ul className="mt-3 space-y-3">
        {keyResults.map((saved) => (
          <SavedLine key={saved.key} saved={saved} />
        ))}
      </ul>
      {leftOut.map(({ line, text }) => (
        <p key={line} className="mt-2 text-[13px] text-muted">
          {t('drafts.left_out', { text })}
        </p>
      ))}
      <div className="mt-5 flex flex-wrap gap-2">
        <Link to="/" search={{ cycle: cycle.key }} className="button button-main">
          {t('web.binding.to_board')}
        </Link>
        <button type="button" className="button" onClick={onMore}>
          {t('web.binding.more')}
        </button>
      </div>
    </section>
  );
}

function SavedLine({ saved }: { saved: Saved }) {
  const { t, format } = useLanguage();
  const { goal, key, metric, title } = saved;
  const byHand = goal.kind === 'milestone';
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-xl border border-line bg-surface p-4">
      <div className="min-w-0">
        <Link to="/key-results/$key" params={{ key }} className="font-medium break-words hover:underline">
          {title}
        </Link>
        <p className="text-[13px] text-muted">
          {goalPhrase(t, format, goal, saved)} ·{' '}
          {metric === null
            ? byHand
              ? t('web.binding.by_steps')
              : t('web.binding.not_measured')
            : t('drafts.bound', { metric: metric.title, connection: metric.connectionKey })}
        </p>
      </div>
      {metric === null && !byHand ? (
        <Link to="/key-results/$key/bind" params={{ key }} className="button">
          {t('web.binding.measure_it')}
          <span className="sr-only">: {title}</span>
        </Link>
      ) : null}
    </li>
  );
}
