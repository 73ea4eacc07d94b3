import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, TextArea } from '../ui/fields.tsx';
import type { Drafts } from './import-draft.tsx';
import { type Imported, ImportPreview } from './import-preview.tsx';

/** Objectives and Key Results out of a text or a table: read, looked at, then kept. */
export function ImportPanel() {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const [drafts, setDrafts] = useState<Drafts | null>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const read = useChange(() => call('readTextDrafts', { body: { text } }), setDrafts);
  const write = (next: string) => {
    setText(next);
    setDrafts(null);
    setImported(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void read.run(undefined);
  };
  return (
    <section className="card max-w-3xl">
      <h2 className="font-semibold">{t('web.import.title')}</h2>
      <p className="mt-1 leading-relaxed text-muted">{t('web.import.about')}</p>
      <form onSubmit={submit} className="mt-4 space-y-3">
        <TextArea
          label={t('web.import.text')}
          hint={t('web.import.text_hint')}
          value={text}
          onChange={write}
          rows={7}
          mono
          required
          problem={fieldProblem(read.error, '/text')}
        />
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" disabled={read.busy} className="button button-main">
            {read.busy ? t('web.import.reading') : t('web.import.read')}
          </button>
          <label className="button cursor-pointer has-focus-visible:outline-2">
            {t('web.import.file')}
            <input
              type="file"
              accept=".txt,.md,.csv,.tsv,text/*"
              className="sr-only"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file !== undefined) void file.text().then(write);
              }}
            />
          </label>
        </div>
        <FormProblem error={read.error} />
      </form>
      {imported !== null ? (
        <ImportedNote imported={imported} />
      ) : drafts === null ? null : (
        <ImportPreview
          // A text that was read again is looked at anew.
          key={JSON.stringify(drafts.lines)}
          text={text}
          drafts={drafts}
          onDone={setImported}
        />
      )}
      <p className="mt-5 border-t border-line pt-3 text-[13px] leading-relaxed text-muted">
        {t('web.import.others')}{' '}
        <Link to="/connections" className="link">
          {t('web.nav.connections')}
        </Link>
      </p>
    </section>
  );
}

function ImportedNote({ imported }: { imported: Imported }) {
  const { t } = useLanguage();
  const { cycle, initiatives, keyResults, objectives } = imported;
  return (
    <section role="status" className="mt-5 rounded-lg bg-good-soft px-4 py-3">
      <p className="font-medium text-good">
        {t('drafts.stored', {
          cycle: cycle.key,
          objectives: objectives.length,
          keyResults: keyResults.length,
          initiatives: initiatives.length,
        })}
      </p>
      <ul className="mt-2 space-y-1 text-[14px]">
        {keyResults.map(({ id, key, title }) => (
          <li key={id}>
            <Link to="/key-results/$key" params={{ key }} className="link break-words">
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
