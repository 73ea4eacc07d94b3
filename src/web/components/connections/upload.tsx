import { type ReactNode, useRef, useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { ApiError } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';

export type Format = 'csv' | 'jsonl' | 'parquet';
export type Taken = Answer<'uploadValues'>;

type Props = {
  label: string;
  formats: readonly Format[];
  send: (file: File, format: Format) => Promise<Taken>;
  children?: ReactNode;
};

/** By how the file's name ends. */
function formatOf(name: string): Format | null {
  const end = /\.(csv|tsv|jsonl|ndjson|parquet)$/i.exec(name)?.[1]?.toLowerCase();
  if (end === 'csv' || end === 'tsv') return 'csv';
  if (end === 'jsonl' || end === 'ndjson') return 'jsonl';
  return end === 'parquet' ? 'parquet' : null;
}

/** A file to bring: all of it or nothing, with every line that is wrong. */
export function Upload({ children, formats, label, send }: Props) {
  const { t, format } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [taken, setTaken] = useState<Taken | null>(null);
  const change = useChange(
    (sent: { file: File; as: Format }) => send(sent.file, sent.as),
    (answer) => {
      setTaken(answer);
      setFile(null);
      if (input.current !== null) input.current.value = '';
    },
  );
  const choose = (chosen: File | undefined) => {
    setTaken(null);
    change.forget();
    setFile(chosen ?? null);
  };
  const as = file === null ? null : formatOf(file.name);
  const fits = as !== null && formats.includes(as);
  const endings = formats.map((each) =>
    each === 'parquet' ? '.parquet' : each === 'csv' ? '.csv,.tsv' : '.jsonl,.ndjson',
  );
  return (
    <div className="space-y-3">
      {children}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          choose(event.dataTransfer.files[0]);
        }}
        className={`rounded-lg border border-dashed px-4 py-5 text-center text-[14px] ${over ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
      >
        <label className="button inline-block cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
          {t('web.connections.choose_file')}
          <input
            ref={input}
            type="file"
            aria-label={label}
            accept={endings.join(',')}
            className="sr-only"
            onChange={(event) => choose(event.target.files?.[0])}
          />
        </label>
        <p className="mt-2 break-words text-muted">
          {file === null ? t('web.connections.drop_file') : `${file.name} · ${format.bytes(file.size)}`}
        </p>
      </div>
      {file !== null && !fits ? (
        <p role="alert" className="text-[13px] font-medium text-bad">
          {t('web.connections.wrong_format', {
            formats: formats.map((each) => each.toUpperCase()).join(', '),
          })}
        </p>
      ) : null}
      <button
        type="button"
        className="button button-main"
        disabled={file === null || !fits || change.busy}
        onClick={() => {
          if (file !== null && as !== null) void change.run({ file, as });
        }}
      >
        {t(change.busy ? 'web.connections.sending' : 'web.connections.send')}
      </button>
      <div aria-live="polite">
        {change.busy ? <progress aria-label={t('web.connections.sending')} className="h-1.5 w-full" /> : null}
        {taken === null ? null : <TakenNote taken={taken} />}
      </div>
      {change.error === null ? null : <RowProblems error={change.error} />}
    </div>
  );
}

function TakenNote({ taken }: { taken: Taken }) {
  const { t, format } = useLanguage();
  const { changed, firstDay, lastDay, rows } = taken;
  return (
    <p className="text-[14px] text-good">
      {t('web.connections.taken', { rows, changed })}
      {firstDay === null || lastDay === null
        ? null
        : ` ${t('web.window', { from: format.day(firstDay), to: format.day(lastDay) })}`}
    </p>
  );
}

/** Nothing of a file with faults is taken: each is told with its line, so that it can be mended and sent again. */
function RowProblems({ error }: { error: unknown }) {
  const { t } = useLanguage();
  const rows = error instanceof ApiError ? error.errors : [];
  return (
    <div role="alert" className="rounded-lg bg-bad-soft px-3.5 py-2.5">
      <p className="text-[14px] font-medium">{t('web.connections.refused', { count: rows.length })}</p>
      {rows.length === 0 ? (
        <FormProblem error={error} />
      ) : (
        <ul lang="en" className="mt-1.5 max-h-64 list-disc space-y-0.5 overflow-y-auto pl-5 text-[13px]">
          {rows.map(({ detail, pointer }) => (
            <li key={`${pointer} ${detail}`} className="break-words">
              {detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
