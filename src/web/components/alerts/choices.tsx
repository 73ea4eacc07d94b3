import { type ReactNode, useId } from 'react';

/** One of a few, each with its words; all are seen at once. */
export function Choices<Value extends string>(props: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: string; hint?: ReactNode }[];
  disabled?: boolean;
}) {
  const name = useId();
  return (
    <fieldset disabled={props.disabled}>
      <legend className="text-[13px] font-medium">{props.label}</legend>
      <div className="mt-1 space-y-0.5">
        {props.choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-7 items-baseline gap-2.5 py-0.5 text-[14px] leading-snug"
          >
            <input
              type="radio"
              name={name}
              checked={choice.value === props.value}
              onChange={() => props.onChange(choice.value)}
              className="size-4 shrink-0 translate-y-0.5 accent-accent"
            />
            <span className="min-w-0">
              {choice.label}
              {choice.hint === undefined ? null : <span className="text-muted"> · {choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
