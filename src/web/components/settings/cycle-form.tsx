import { type FormEvent, useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import { daysAfter } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import type { ProposedCycle } from '../../proposed-cycle.ts';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, TextField } from '../ui/fields.tsx';

export type Cycle = Answer<'listCycles'>['data'][number];

/** A stretch of days that Key Results are judged over, proposed and changeable. */
export function CycleForm(props: {
  proposed: ProposedCycle;
  timeZone: string;
  button: string;
  onDone: (cycle: Cycle) => void;
}) {
  const { t } = useLanguage();
  const { proposed, timeZone } = props;
  const [title, setTitle] = useState(proposed.title);
  const [startDay, setStartDay] = useState(proposed.startDay);
  const [lastDay, setLastDay] = useState(proposed.lastDay);
  const { busy, error, run } = useChange(
    () =>
      call('createCycle', {
        body: { key: keyOf(title, proposed), title, startDay, endDay: daysAfter(lastDay, 1), timeZone },
      }),
    props.onDone,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(undefined);
  };
  return (
    <form onSubmit={submit} className="max-w-xl space-y-4">
      <TextField
        label={t('web.cycles.title')}
        value={title}
        onChange={setTitle}
        required
        problem={fieldProblem(error, '/title') ?? fieldProblem(error, '/key')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('web.cycles.first_day')}
          type="date"
          value={startDay}
          onChange={setStartDay}
          required
          problem={fieldProblem(error, '/startDay')}
        />
        <TextField
          label={t('web.cycles.last_day')}
          type="date"
          value={lastDay}
          onChange={setLastDay}
          min={startDay}
          required
          problem={fieldProblem(error, '/endDay')}
        />
      </div>
      <p className="text-[13px] text-muted">{t('web.cycles.zone', { timeZone })}</p>
      <FormProblem error={error} />
      <button type="submit" disabled={busy} className="button button-main">
        {busy ? t('web.saving') : props.button}
      </button>
    </form>
  );
}

/** The name as a key, as far as its letters go; a name in other letters takes the days'. */
function keyOf(title: string, { key, title: proposed }: ProposedCycle): string {
  if (title === proposed) return key;
  const made = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return made === '' ? key : made.slice(0, 100);
}
