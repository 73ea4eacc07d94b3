import { type DragEvent, useId, useState } from 'react';
import { useLanguage } from '../../language.tsx';

type Props = {
  label: string;
  hint?: string | undefined;
  problem?: string | null | undefined;
  required: boolean;
  /** A key that comes as a file. */
  file: boolean;
  /** Told what was entered; it is held nowhere else, and never shown again. */
  onChange: (secret: string) => void;
};

/**
 * Something to enter and never to see again. What stands in it is the browser's alone: React would write the value of a
 * field that it controls into the document, where anything could read it.
 */
export function SecretField({ file, hint, label, onChange, problem, required }: Props) {
  const id = useId();
  const { t } = useLanguage();
  const [dropped, setDropped] = useState<string | null>(null);
  const take = async (given: File | undefined) => {
    if (given === undefined || given.size > 100_000) return;
    onChange(await given.text());
    setDropped(given.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  const described = [hint === undefined ? '' : `${id}-hint`, problem ? `${id}-problem` : '']
    .filter(Boolean)
    .join(' ');
  const common = {
    id,
    required: required && dropped === null,
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': described === '' ? undefined : described,
    onChange: (event: { target: { value: string } }) => {
      setDropped(null);
      onChange(event.target.value);
    },
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block text-[13px] font-medium">
        {label}
      </label>
      {file ? (
        <div onDragOver={(event) => event.preventDefault()} onDrop={drop}>
          <textarea
            {...common}
            rows={4}
            placeholder={dropped ?? t('web.connections.paste_or_drop')}
            className="field font-mono text-[13px] [-webkit-text-security:disc]"
          />
          <p className="mt-1.5 flex flex-wrap items-center gap-2 text-[13px]">
            <label className="button cursor-pointer focus-within:outline-2 focus-within:outline-accent">
              {t('web.connections.choose_file')}
              <input
                type="file"
                accept=".json,application/json"
                className="sr-only"
                onChange={(event) => void take(event.target.files?.[0])}
              />
            </label>
            {dropped === null ? null : (
              <span className="min-w-0 break-words text-good">
                {t('web.connections.file_taken', { name: dropped })}
              </span>
            )}
          </p>
        </div>
      ) : (
        <input {...common} type="password" className="field font-mono" />
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="mt-1 text-[13px] leading-snug text-muted">
          {hint}
        </p>
      )}
      {problem ? (
        <p
          id={`${id}-problem`}
          lang="en"
          role="alert"
          className="mt-1 text-[13px] leading-snug font-medium text-bad"
        >
          {problem}
        </p>
      ) : null}
    </div>
  );
}
