import { useState } from 'react';
import type { RuleTrial } from '../../alerts-queries.ts';
import { call } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { daysAfter } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, TextField } from '../ui/fields.tsx';
import { bodyOf, type RuleDraft } from './rule-words.ts';

/** As far back as it is tried where nothing is said: fast enough to wait for. */
const USUAL_DAYS = 60;

/** What a rule would have said, saved or not. Nothing is stored and nobody is told; a change of the rule forgets the answer. */
export function RuleTrialPanel({ draft }: { draft: RuleDraft }) {
  const { t } = useLanguage();
  const [fromDay, setFromDay] = useState(() =>
    daysAfter(serverNow().toISOString().slice(0, 10), -USUAL_DAYS),
  );
  const [answer, setAnswer] = useState<{ of: string; trial: RuleTrial } | null>(null);
  const { repeatDays: _, ...rule } = bodyOf(draft);
  const asked = JSON.stringify({ ...rule, fromDay });
  const attempt = useChange(
    () => call('simulateAlertRule', { body: { ...rule, fromDay } }),
    (trial) => setAnswer({ of: asked, trial }),
  );
  return (
    <section className="rounded-xl border border-line bg-sunken p-4">
      <h3 className="font-semibold">{t('web.rules.try')}</h3>
      <p className="mt-0.5 text-[13px] leading-relaxed text-muted">{t('web.rules.try_about')}</p>
      <div className="mt-2 flex flex-wrap items-end gap-3">
        <TextField
          label={t('web.rules.try_from')}
          type="date"
          value={fromDay}
          onChange={setFromDay}
          problem={fieldProblem(attempt.error, '/fromDay')}
        />
        <button
          type="button"
          disabled={attempt.busy}
          onClick={() => void attempt.run(undefined)}
          className="button min-h-9"
        >
          {t(attempt.busy ? 'web.rules.trying' : 'web.rules.try_now')}
        </button>
      </div>
      <FormProblem error={attempt.error} />
      <div aria-live="polite">
        {answer === null || answer.of !== asked || attempt.busy ? null : <Trial trial={answer.trial} />}
      </div>
    </section>
  );
}

function Trial({ trial }: { trial: RuleTrial }) {
  const { t, format } = useLanguage();
  const { alerts, fromDay, keyResults, missedWithout, open, rightly, skipped, throughDay, wrongly } = trial;
  return (
    <div className="mt-3 text-[14px] leading-relaxed">
      <p className="text-muted">
        {t('web.rules.coverage', {
          count: keyResults,
          from: format.day(fromDay),
          through: format.day(throughDay),
        })}
      </p>
      {skipped.length === 0 ? null : (
        <details className="text-muted">
          <summary className="cursor-pointer">{t('web.rules.skipped', { count: skipped.length })}</summary>
          <ul className="ml-4 list-disc">
            {skipped.map(({ key, why }) => (
              <li key={key} className="break-words">
                {t('web.rules.skipped_one', {
                  key,
                  why: t(
                    why === 'too_many' ? 'web.rules.skipped.too_many' : 'web.rules.skipped.not_measured',
                  ),
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="mt-2 font-medium">
        {t('web.rules.would', { count: alerts.length, rightly, wrongly, open })}
      </p>
      {missedWithout === 0 ? null : <p>{t('web.rules.missed', { count: missedWithout })}</p>}
      {alerts.length === 0 ? null : <TrialTable alerts={alerts} />}
      <p className="mt-2 text-[13px] text-muted">{t('web.rules.not_simulated')}</p>
    </div>
  );
}

function TrialTable({ alerts }: Pick<RuleTrial, 'alerts'>) {
  const { t, format } = useLanguage();
  const verdict = (rightly: boolean | null) =>
    t(
      rightly === null
        ? 'web.rules.verdict.open'
        : rightly
          ? 'web.rules.verdict.rightly'
          : 'web.rules.verdict.wrongly',
    );
  return (
    <div className="table-frame mt-2 bg-surface" tabIndex={0} role="region" aria-label={t('web.rules.try')}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('column.key_result')}</th>
            <th scope="col">{t('web.rules.fired')}</th>
            <th scope="col">{t('web.rules.ended')}</th>
            <th scope="col">{t('web.rules.verdict')}</th>
            <th scope="col" className="number">
              {t('web.rules.ahead')}
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={`${alert.keyResultKey} ${alert.firedDay}`}>
              <td>{alert.keyResultKey}</td>
              <td>{format.day(alert.firedDay)}</td>
              <td>{alert.resolvedDay === null ? t('web.rules.still_on') : format.day(alert.resolvedDay)}</td>
              <td>{verdict(alert.rightly)}</td>
              <td className="number">{alert.daysAhead === null ? '–' : format.number(alert.daysAhead)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
