import { useQuery } from '@tanstack/react-query';
import type { CycleView } from '../../../api/contract.ts';
import { textDraftsQuery } from '../../binding-queries.ts';
import { useDraft } from '../../draft-store.ts';
import { useLanguage } from '../../language.tsx';
import { useWords } from '../../use-words.ts';
import { TextArea } from '../ui/fields.tsx';
import { Asked } from '../ui/page-parts.tsx';
import { DraftReview } from './draft-review.tsx';
import { ImportedList } from './imported-list.tsx';
import { nothingPasted, type Pasted } from './pasted.ts';

/** Text of any shape, in Chinese or English: written, then checked card by card, then saved. Each is an address. */
export function PasteText({ cycle }: { cycle: CycleView }) {
  const { words, put } = useWords();
  const [pasted, change, forget] = useDraft<Pasted>('new.text', nothingPasted);
  if (words['step'] === 'saved' && pasted.saved !== null)
    return (
      <ImportedList
        imported={pasted.saved}
        onMore={() => {
          change(nothingPasted);
          forget();
          put({ step: undefined }, true);
        }}
      />
    );
  if (words['step'] === 'check' && pasted.read.trim() !== '')
    return <Check cycle={cycle} pasted={pasted} change={change} />;
  return (
    <Write
      pasted={pasted}
      change={change}
      onRead={() => {
        change((before) => ({ ...before, read: before.text, saved: null }));
        put({ step: 'check' }, true);
      }}
    />
  );
}

function Write(props: { pasted: Pasted; change: (next: Pasted) => void; onRead: () => void }) {
  const { change, onRead, pasted } = props;
  const { t } = useLanguage();
  const write = (text: string) => change({ ...pasted, text });
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        onRead();
      }}
    >
      <TextArea
        label={t('web.binding.text')}
        hint={t('web.binding.text_hint')}
        value={pasted.text}
        onChange={write}
        rows={12}
        placeholder={t('web.binding.example')}
      />
      <div className="mt-4 flex flex-wrap gap-2">
        <button type="submit" className="button button-main" disabled={pasted.text.trim() === ''}>
          {t('web.binding.read')}
        </button>
        {pasted.text.trim() === '' ? (
          <button type="button" className="button" onClick={() => write(t('web.binding.example'))}>
            {t('web.binding.use_example')}
          </button>
        ) : null}
      </div>
    </form>
  );
}

function Check(props: {
  cycle: CycleView;
  pasted: Pasted;
  change: (change: (before: Pasted) => Pasted) => void;
}) {
  const { change, cycle, pasted } = props;
  const drafts = useQuery(textDraftsQuery(pasted.read, cycle.key));
  return (
    <Asked query={drafts}>
      {(read) => <DraftReview cycle={cycle} drafts={read} pasted={pasted} change={change} />}
    </Asked>
  );
}
