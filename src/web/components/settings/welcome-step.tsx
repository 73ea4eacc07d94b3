import type { ReactNode } from 'react';
import { useLanguage } from '../../language.tsx';
import { TickIcon } from '../icons.tsx';

export type StepState = 'done' | 'now' | 'later';

/** One step of the set-up: done with what came of it, open with what to do, or still to come. */
export function WelcomeStep(props: {
  number: number;
  title: string;
  state: StepState;
  /** What came of it, in a line. */
  outcome?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useLanguage();
  const { children, number, outcome, state, title } = props;
  const mark = {
    done: 'border-good-fill bg-good-soft text-good',
    now: 'border-accent bg-accent text-on-accent',
    later: 'border-line-strong text-muted',
  }[state];
  return (
    <li aria-current={state === 'now' ? 'step' : undefined} className="flex gap-4">
      <div className="flex flex-col items-center">
        <span
          className={`flex size-8 shrink-0 items-center justify-center rounded-full border text-[14px] font-semibold ${mark}`}
        >
          {state === 'done' ? <TickIcon /> : number}
          <span className="sr-only">{t(`web.welcome.state.${state}`)}</span>
        </span>
        <span aria-hidden="true" className="w-px flex-1 bg-line" />
      </div>
      <div className="min-w-0 flex-1 pb-8">
        <h2 className={`leading-8 font-semibold ${state === 'later' ? 'text-muted' : ''}`}>{title}</h2>
        {outcome === undefined ? null : (
          <div className="text-[14px] leading-relaxed break-words text-muted">{outcome}</div>
        )}
        {children === undefined ? null : <div className="mt-3">{children}</div>}
      </div>
    </li>
  );
}
