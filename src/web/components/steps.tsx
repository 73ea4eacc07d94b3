import type { KeyResultDetail } from '../../api/contract.ts';
import { call } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { FormProblem } from './form.tsx';
import { OpenIcon, TickIcon } from './icons.tsx';
import { useMayChange } from './key-result-actions.tsx';
import { CheckField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

type Tick = { step: string; done: boolean; day: string | null };

/** The steps of a milestone with their days; ticked here by whoever may, and taken back for a while. */
export function Steps({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const mayChange = useMayChange(detail);
  const ticks = (body: Tick) => call('tickStep', { params: { id: detail.id }, body });
  const back = useChange(ticks);
  const change = useChange(ticks, (_, { done, step }) => {
    const before = steps.find(({ name }) => name === step)?.doneOnDay ?? null;
    say(
      t(done ? 'web.kr.step_ticked' : 'web.kr.step_unticked', { step }),
      () => void back.run({ step, done: !done, day: before }),
    );
  });
  const steps = detail.goal.kind === 'milestone' ? detail.goal.steps : [];
  if (steps.length === 0) return null;
  return (
    <section className="card mb-0">
      <h2 className="mb-2 font-semibold">{t('web.steps')}</h2>
      <ul className="space-y-1.5">
        {steps.map(({ doneOnDay, name }) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-x-4">
            {mayChange ? (
              <CheckField
                label={name}
                checked={doneOnDay !== null}
                disabled={change.busy || back.busy}
                onChange={(done) => void change.run({ step: name, done, day: null })}
              />
            ) : (
              <span className="inline-flex min-w-0 items-center gap-2 break-words">
                <span className={doneOnDay === null ? 'text-muted' : 'text-good'}>
                  {doneOnDay === null ? <OpenIcon /> : <TickIcon />}
                </span>
                {name}
              </span>
            )}
            <span className="ml-auto text-[13px] text-muted tabular-nums">
              {doneOnDay === null
                ? t('web.step_open')
                : t('web.step_done', { day: format.shortDay(doneOnDay) })}
            </span>
          </li>
        ))}
      </ul>
      {mayChange ? <FormProblem error={change.error ?? back.error} /> : null}
    </section>
  );
}
