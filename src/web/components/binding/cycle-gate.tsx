import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { CycleView } from '../../../api/contract.ts';
import { call } from '../../api.ts';
import { cyclesQuery } from '../../binding-queries.ts';
import { useServerNow } from '../../clock.ts';
import { daysAfter, lastDay } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { dayIn, proposedCycle } from '../../proposed-cycle.ts';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { useWords } from '../../use-words.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { Asked } from '../ui/page-parts.tsx';

/** The cycle that new Key Results go to: the one that runs, unless somebody chose another; where there is none, it is made here. */
export function CycleGate({ children }: { children: (cycle: CycleView) => ReactNode }) {
  const { words } = useWords();
  const cycles = useQuery(cyclesQuery);
  return (
    <Asked query={cycles}>
      {(all) => {
        const open = all.filter(({ state }) => state !== 'closed');
        const chosen =
          open.find(({ key }) => key === words['cycle']) ??
          open.find(({ state }) => state === 'running') ??
          open.at(-1);
        if (chosen === undefined) return <NewCycle taken={all.map(({ key }) => key)} />;
        return (
          <>
            <CycleChoice cycle={chosen} open={open} />
            {children(chosen)}
          </>
        );
      }}
    </Asked>
  );
}

function CycleChoice({ cycle, open }: { cycle: CycleView; open: readonly CycleView[] }) {
  const { t, format } = useLanguage();
  const { put } = useWords();
  const days = (of: CycleView) =>
    t('web.binding.cycle_days', {
      startDay: format.day(of.startDay),
      lastDay: format.day(lastDay(of.endDay)),
    });
  if (open.length === 1)
    return (
      <p className="mb-4 text-[13px] text-muted">
        {t('web.binding.into_cycle', { cycle: cycle.title, days: days(cycle) })}
      </p>
    );
  return (
    <div className="mb-4 max-w-md">
      <SelectField
        label={t('page.cycle')}
        value={cycle.key}
        onChange={(key) => put({ cycle: key })}
        choices={open.map((each) => ({ value: each.key, label: `${each.title} (${days(each)})` }))}
      />
    </div>
  );
}

function NewCycle({ taken }: { taken: readonly string[] }) {
  const { t } = useLanguage();
  const now = useServerNow();
  const { me } = useMe();
  const [draft, setDraft] = useState(() => proposedCycle(dayIn(me?.workspace.timeZone ?? 'UTC', now), taken));
  const change = useChange(() =>
    call('createCycle', {
      body: {
        key: draft.key,
        title: draft.title,
        startDay: draft.startDay,
        endDay: daysAfter(draft.lastDay, 1),
      },
    }),
  );
  const put = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <form
      className="card max-w-2xl"
      onSubmit={(event) => {
        event.preventDefault();
        void change.run(undefined);
      }}
    >
      <h2 className="font-semibold">{t('web.binding.cycle_first')}</h2>
      <p className="mt-1 text-[14px] leading-relaxed text-muted">{t('web.binding.cycle_why')}</p>
      <div className="mt-4 grid gap-4 sm:grid-cols-3">
        <TextField
          label={t('web.binding.cycle_title')}
          value={draft.title}
          onChange={(title) => put({ title })}
          problem={fieldProblem(change.error, '/title') ?? fieldProblem(change.error, '/key')}
          required
        />
        <TextField
          label={t('web.binding.first_day')}
          type="date"
          value={draft.startDay}
          onChange={(startDay) => put({ startDay })}
          problem={fieldProblem(change.error, '/startDay')}
          required
        />
        <TextField
          label={t('web.binding.last_day')}
          type="date"
          value={draft.lastDay}
          onChange={(lastOne) => put({ lastDay: lastOne })}
          problem={fieldProblem(change.error, '/endDay')}
          required
        />
      </div>
      <div className="mt-4 space-y-3">
        <FormProblem error={change.error} />
        <button type="submit" className="button button-main" disabled={change.busy}>
          {change.busy ? t('web.saving') : t('web.binding.make_cycle')}
        </button>
      </div>
    </form>
  );
}
