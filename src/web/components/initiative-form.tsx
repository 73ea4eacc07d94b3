import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { call } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { usePanel } from '../use-panel.ts';
import { useVersioned } from '../use-versioned.ts';
import { DialogForm } from './form-parts.tsx';
import { ProblemNotice } from './notices.tsx';
import { Bone, LoadingWord } from './skeleton.tsx';
import { fieldProblem, SelectField, TextField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

type Props = { detail: KeyResultDetail; onDone: () => void };
type State = 'open' | 'done' | 'dropped';
type Fields = { title: string; startDay: string; endDay: string; state: State; url: string };

/** Work for the Key Result: a new one, or the one that the address names. */
export function InitiativeForm({ detail, onDone }: Props) {
  const { id } = usePanel();
  const fields = { title: '', startDay: detail.today, endDay: '', state: 'open' as const, url: '' };
  if (id === undefined)
    return <InitiativeFields detail={detail} onDone={onDone} first={fields} known={null} />;
  return <KnownInitiative key={id} id={id} detail={detail} onDone={onDone} />;
}

function KnownInitiative({ detail, id, onDone }: Props & { id: string }) {
  const { again, error, read } = useVersioned('getInitiative', id);
  if (read === null && error !== null)
    return <ProblemNotice error={error} onRetry={() => void again()} inside />;
  if (read === null)
    return (
      <div className="min-h-48 space-y-4">
        <LoadingWord />
        <Bone className="h-9 w-full" />
        <Bone className="h-9 w-full" />
      </div>
    );
  const { endDay, startDay, state, title, url } = read.data;
  const first = { title, startDay, endDay: endDay ?? '', state, url: url ?? '' };
  return (
    <InitiativeFields detail={detail} onDone={onDone} first={first} known={{ id, version: read.version }} />
  );
}

function InitiativeFields(props: Props & { first: Fields; known: { id: string; version: string } | null }) {
  const { t } = useLanguage();
  const { detail, first, known, onDone } = props;
  const [form, setForm] = useState(first);
  const set = (field: keyof Fields) => (text: string) => setForm((old) => ({ ...old, [field]: text }));
  const done = () => {
    say(t('web.kr.saved'));
    onDone();
  };
  const change = useChange(async () => {
    const { endDay, startDay, state, title, url } = form;
    const body = {
      title: title.trim(),
      startDay,
      state,
      endDay: endDay === '' ? null : endDay,
      url: url.trim() === '' ? null : url.trim(),
    };
    if (known === null) await call('createInitiative', { params: { id: detail.id }, body });
    else await call('updateInitiative', { params: { id: known.id }, body, ifMatch: known.version });
  }, done);
  return (
    <DialogForm change={change} onCancel={onDone} onSubmit={() => void change.run(undefined)}>
      <TextField
        label={t('web.kr.title')}
        value={form.title}
        onChange={set('title')}
        required
        autoFocus
        problem={fieldProblem(change.error, '/title')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          type="date"
          label={t('web.kr.from_day')}
          value={form.startDay}
          onChange={set('startDay')}
          required
          problem={fieldProblem(change.error, '/startDay')}
        />
        <TextField
          type="date"
          label={t('web.kr.until_day')}
          hint={t('web.kr.initiative_open_end')}
          value={form.endDay}
          onChange={set('endDay')}
          min={form.startDay}
          problem={fieldProblem(change.error, '/endDay')}
        />
      </div>
      <SelectField
        label={t('web.column.state')}
        value={form.state}
        onChange={set('state')}
        choices={(['open', 'done', 'dropped'] as const).map((value) => ({
          value,
          label: t(`web.kr.initiative.${value}`),
        }))}
      />
      <TextField
        label={t('web.kr.link')}
        value={form.url}
        onChange={set('url')}
        placeholder="https://"
        problem={fieldProblem(change.error, '/url')}
      />
    </DialogForm>
  );
}
