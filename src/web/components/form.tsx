import { useId } from 'react';
import { useProblem } from './notices.tsx';

export type FieldProps = {
  name: string;
  label: string;
  type: 'email' | 'password';
  autoComplete: 'username' | 'current-password' | 'new-password';
};

/** One line to fill in, with its name above it. */
export function Field({ autoComplete, label, name, type }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="block text-[13px] font-medium">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        required
        className="mt-1 w-full rounded-lg border border-line-strong bg-raised px-3 py-2 text-[15px]"
      />
    </div>
  );
}

/** What stands in a field, as text. */
export function textOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}

/** What the server said to a form, read out as soon as it is there. */
export function FormProblem({ error }: { error: unknown }) {
  return (
    <div role="alert" className="text-[13px] leading-relaxed">
      {error === null ? null : <ProblemLines error={error} />}
    </div>
  );
}

function ProblemLines({ error }: { error: unknown }) {
  const { detail, fix } = useProblem(error);
  return (
    <>
      <p className="font-medium break-words text-warn">{detail}</p>
      {fix === '' ? null : <p className="break-words text-muted">{fix}</p>}
    </>
  );
}
