import type { ReactNode } from 'react';

/** A few choices side by side, one of which holds. */
export function ChoiceRow<Value extends string>(props: {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: ReactNode; lang?: string }[];
  onChoose: (value: Value) => void;
  /** Spreads over the width that there is. */
  wide?: boolean;
}) {
  return (
    <fieldset className={`flex rounded-lg bg-sunken p-0.5 ${props.wide === true ? 'w-full' : ''}`}>
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map(({ label, lang, value }) => (
        <button
          key={value}
          type="button"
          lang={lang}
          aria-pressed={value === props.value}
          onClick={() => props.onChoose(value)}
          className={`min-h-6 rounded-md px-2.5 py-1 text-[13px] leading-4 text-muted hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-xs ${props.wide === true ? 'flex-1' : ''}`}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
