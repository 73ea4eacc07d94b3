import type { KeyResultDetail } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import { overrideLine } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { CheckIns } from './check-ins.tsx';
import { OpenIcon, TickIcon } from './icons.tsx';

/** Work attached to the Key Result, and what it has alerted about. Nothing to tell draws nothing. */
export function KeyResultExtras({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const steps = detail.goal.kind === 'milestone' ? detail.goal.steps : [];
  return (
    <div className="mb-5 grid gap-5 empty:hidden lg:grid-cols-2 lg:*:only:col-span-2">
      {steps.length === 0 ? null : (
        <section className="card mb-0">
          <h2 className="mb-2 font-semibold">{t('web.steps')}</h2>
          <ul className="space-y-1.5">
            {steps.map((step) => (
              <li key={step.name} className="flex flex-wrap items-center justify-between gap-x-4">
                <span className="inline-flex min-w-0 items-center gap-2 break-words">
                  <span className={step.doneOnDay === null ? 'text-muted' : 'text-good'}>
                    {step.doneOnDay === null ? <OpenIcon /> : <TickIcon />}
                  </span>
                  {step.name}
                </span>
                <span className="ml-auto text-[13px] text-muted tabular-nums">
                  {step.doneOnDay === null
                    ? t('web.step_open')
                    : t('web.step_done', { day: format.shortDay(step.doneOnDay) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <CheckIns detail={detail} />
      {detail.overrides.length === 0 ? null : <Overrides detail={detail} />}
      {detail.initiatives.length === 0 ? null : (
        <section className="card mb-0">
          <h2 className="mb-2 font-semibold">{t('page.initiatives')}</h2>
          <ul className="space-y-1.5">
            {detail.initiatives.map((initiative) => (
              <li key={initiative.id} className="flex flex-wrap justify-between gap-x-4">
                <span className="min-w-0 break-words">{initiative.title}</span>
                <span className="text-[13px] text-muted tabular-nums">
                  {format.shortDay(initiative.startDay)} –{' '}
                  {initiative.endDay === null ? t('web.open_end') : format.shortDay(initiative.endDay)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {detail.alerts.length === 0 ? null : (
        <section className="card mb-0">
          <h2 className="mb-2 font-semibold">{t('page.alerts')}</h2>
          <ul className="space-y-1.5">
            {detail.alerts.map((alert) => (
              <li key={alert.id} className="flex flex-wrap justify-between gap-x-4">
                <span>
                  {kindWord(t, alert.kind)} · {t(`alert.${alert.state}`)}
                </span>
                <span className="text-[13px] text-muted tabular-nums">
                  {t('web.since', { at: format.instant(alert.since) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Every value that an owner put in the place of the source's, with its reason; newest first. */
function Overrides({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  return (
    <section className="card mb-0">
      <h2 className="mb-2 font-semibold">{t('override.title')}</h2>
      <ul className="space-y-1.5 text-[13px] leading-relaxed">
        {detail.overrides.map((override) => (
          <li key={override.id} className="break-words">
            {overrideLine(t, format, override, detail)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A kind that a newer server invented is shown by its code. */
function kindWord(t: Translate, kind: string): string {
  return kind === 'off_track' ? t('alert.kind.off_track') : kind;
}
