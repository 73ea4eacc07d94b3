import { type ReactNode, useId } from 'react';
import { ApiError } from '../../api.ts';

type Around = {
  label: string;
  /** What to write here, in a sentence below the field. */
  hint?: ReactNode;
  /** What is wrong with what stands here. */
  problem?: string | null;
};

/** A name above, a hint and a problem below; `children` gets the ids that tie them together. */
function Labelled(
  props: Around & { children: (ids: { id: string; describedBy: string | undefined }) => ReactNode },
) {
  const id = useId();
  const { hint, label, problem } = props;
  const wrong = problem !== undefined && problem !== null && problem !== '';
  const hinted = hint !== undefined && hint !== null && hint !== '';
  const describedBy = [hinted ? `${id}-hint` : '', wrong ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block text-[13px] font-medium">
        {label}
      </label>
      {props.children({ id, describedBy: describedBy === '' ? undefined : describedBy })}
      {hinted ? (
        <p id={`${id}-hint`} className="mt-1 text-[13px] leading-snug text-muted">
          {hint}
        </p>
      ) : null}
      {wrong ? (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-[13px] leading-snug font-medium text-bad">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

export type TextFieldProps = Around & {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'number' | 'date' | 'datetime-local' | 'time' | 'search' | 'url';
  placeholder?: string;
  required?: boolean;
  autoComplete?: string;
  inputMode?: 'decimal' | 'numeric' | 'text';
  /** Set in type of fixed width: keys, addresses, tokens. */
  mono?: boolean;
  min?: string;
  max?: string;
  autoFocus?: boolean;
  disabled?: boolean;
};

export function TextField({ hint, label, problem, onChange, mono = false, ...input }: TextFieldProps) {
  return (
    <Labelled label={label} hint={hint} problem={problem ?? null}>
      {({ id, describedBy }) => (
        <input
          {...input}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => onChange(event.target.value)}
          className={`field ${mono ? 'font-mono' : ''}`}
        />
      )}
    </Labelled>
  );
}

export function TextArea(
  props: Around & {
    value: string;
    onChange: (value: string) => void;
    rows?: number;
    placeholder?: string;
    required?: boolean;
    mono?: boolean;
  },
) {
  const { hint, label, mono = false, onChange, problem, ...input } = props;
  return (
    <Labelled label={label} hint={hint} problem={problem ?? null}>
      {({ id, describedBy }) => (
        <textarea
          {...input}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => onChange(event.target.value)}
          className={`field ${mono ? 'font-mono text-[13px]' : ''}`}
        />
      )}
    </Labelled>
  );
}

export type Choice = { value: string; label: string };

export function SelectField(
  props: Around & {
    value: string;
    onChange: (value: string) => void;
    choices: readonly Choice[];
    /** The words of the empty choice; without them there is none. */
    none?: string;
    required?: boolean;
    disabled?: boolean;
  },
) {
  const { choices, hint, label, none, onChange, problem, ...input } = props;
  return (
    <Labelled label={label} hint={hint} problem={problem ?? null}>
      {({ id, describedBy }) => (
        <select
          {...input}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => onChange(event.target.value)}
          className="field"
        >
          {none === undefined ? null : <option value="">{none}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export function CheckField(props: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  hint?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => props.onChange(event.target.checked)}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <label htmlFor={id} className="block py-0.5 text-[14px] leading-snug">
          {props.label}
        </label>
        {props.hint === undefined ? null : (
          <span id={`${id}-hint`} className="block text-[13px] leading-snug text-muted">
            {props.hint}
          </span>
        )}
      </span>
    </div>
  );
}

/** What the server said of one field, by its JSON pointer or one below it; null when it said nothing. */
export function fieldProblem(error: unknown, pointer: string): string | null {
  if (!(error instanceof ApiError)) return null;
  const own = error.errors.filter(
    (each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`),
  );
  return own.length === 0 ? null : own.map((each) => each.detail).join(' ');
}
