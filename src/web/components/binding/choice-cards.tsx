import { type ReactNode, useId } from 'react';

export type CardChoice = { value: string; label: string; hint?: ReactNode; disabled?: boolean };

/** One of a few, each with what it means: radio buttons that are large enough to hit. */
export function ChoiceCards(props: {
  legend: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly CardChoice[];
  /** Side by side where there is room. */
  columns?: boolean;
  problem?: string | null;
}) {
  const { choices, columns = false, legend, onChange, problem = null, value } = props;
  const name = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={problem === null ? undefined : `${name}-problem`}>
      <legend className="text-[13px] font-medium">{legend}</legend>
      <div className={`mt-1.5 grid gap-2 ${columns ? 'sm:grid-cols-2 lg:grid-cols-3' : ''}`}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={`flex items-start gap-2.5 rounded-lg border border-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent ${choice.disabled === true ? 'opacity-60' : 'cursor-pointer hover:border-line-strong'}`}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled === true}
              onChange={() => onChange(choice.value)}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="block text-[14px] leading-snug font-medium break-words">{choice.label}</span>
              {choice.hint === undefined ? null : (
                <span className="block text-[13px] leading-snug break-words text-muted">{choice.hint}</span>
              )}
            </span>
          </label>
        ))}
      </div>
      {problem === null ? null : (
        <p id={`${name}-problem`} role="alert" className="mt-1 text-[13px] font-medium text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
