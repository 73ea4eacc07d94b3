import { useQuery } from '@tanstack/react-query';
import { type Snooze, snoozesQuery } from '../../alerts-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { coveredBy } from './alert-words.ts';
import { useAlertActions } from './use-alert-actions.ts';

/** What is silent now, until when and why; nothing at all when nothing is. */
export function Snoozes() {
  const { t } = useLanguage();
  const { data = [] } = useQuery(snoozesQuery);
  if (data.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-2 font-semibold">{t('web.alerts.snoozes', { count: data.length })}</h2>
      <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
        {data.map((snooze) => (
          <SnoozeLine key={snooze.id} snooze={snooze} />
        ))}
      </ul>
    </section>
  );
}

function SnoozeLine({ snooze }: { snooze: Snooze }) {
  const { t, format } = useLanguage();
  const { mayEdit } = useMe();
  const { end } = useAlertActions();
  const what = coveredBy(t, snooze);
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="break-words">{what}</p>
        <p className="text-[13px] break-words text-muted">
          {t('web.alerts.snooze.line', {
            until: format.instant(snooze.until),
            author: snooze.author,
            reason: snooze.reason,
          })}
        </p>
        <FormProblem error={end.error} />
      </div>
      {mayEdit ? (
        <button
          type="button"
          disabled={end.busy}
          aria-label={t('web.alerts.snooze.end_of', { what })}
          onClick={() => void end.run(snooze)}
          className="button min-h-8"
        >
          {t('web.alerts.snooze.end')}
        </button>
      ) : null}
    </li>
  );
}
