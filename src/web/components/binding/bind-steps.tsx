import { useLanguage } from '../../language.tsx';
import { type Place, type Step, steps } from './bind-place.ts';

/** Where one is on the way; a step that lies behind can be gone back to. */
export function BindSteps({ place, reached }: { place: Place; reached: Step }) {
  const { t } = useLanguage();
  const at = steps.indexOf(place.step);
  const furthest = Math.max(at, steps.indexOf(reached));
  return (
    <nav aria-label={t('web.binding.steps_label')} className="mb-5 overflow-x-auto">
      <ol className="flex min-w-max gap-1">
        {steps.map((step, index) => (
          <li key={step}>
            <button
              type="button"
              disabled={index > furthest}
              aria-current={index === at ? 'step' : undefined}
              onClick={() => place.go({ step })}
              className="flex min-h-8 items-center gap-2 rounded-lg px-2.5 py-1 text-[13px] text-muted hover:enabled:text-ink disabled:opacity-70 aria-[current=step]:bg-sunken aria-[current=step]:font-medium aria-[current=step]:text-ink"
            >
              <span
                aria-hidden="true"
                className={`flex size-5 items-center justify-center rounded-full text-[11px] font-semibold tabular-nums ${index <= at ? 'bg-accent text-on-accent' : 'border border-line-strong'}`}
              >
                {index + 1}
              </span>
              {t(`web.binding.step.${step}`)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
