import { type FormEvent, useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { SelectField } from '../ui/fields.tsx';
import type { Cycle } from './cycle-form.tsx';

type Carried = Answer<'carryOver'>;

/** Goes on in another cycle with what a closed one left open. Nothing is carried twice. */
export function CarryOver({ cycle, others }: { cycle: Cycle; others: readonly Cycle[] }) {
  const { t } = useLanguage();
  const [to, setTo] = useState(others[0]?.key ?? '');
  const [done, setDone] = useState<Carried | null>(null);
  const { busy, error, run } = useChange(
    () => call('carryOver', { params: { id: cycle.key }, body: { to } }),
    setDone,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(undefined);
  };
  if (others.length === 0) return <p className="leading-relaxed">{t('web.cycles.carry_none')}</p>;
  if (done !== null) return <CarriedList carried={done} />;
  return (
    <form onSubmit={submit} className="space-y-4">
      <p className="leading-relaxed">{t('web.cycles.carry_text')}</p>
      <SelectField
        label={t('web.cycles.carry_to')}
        value={to}
        onChange={setTo}
        choices={others.map(({ key, title }) => ({ value: key, label: title }))}
      />
      <FormProblem error={error} />
      <button type="submit" disabled={busy} className="button button-main">
        {busy ? t('web.saving') : t('web.cycles.carry')}
      </button>
    </form>
  );
}

function CarriedList({ carried: { carried, left } }: { carried: Carried }) {
  const { t } = useLanguage();
  return (
    <div role="status">
      <p className="font-medium">{t('web.cycles.carried', { count: carried.length })}</p>
      <ul className="mt-2 space-y-1 text-[14px]">
        {carried.map(({ from, id, key }) => (
          <li key={id} className="font-mono text-[13px] break-all">
            {from} → {key}
          </li>
        ))}
        {left.map(({ key, why }) => (
          <li key={key} className="text-muted">
            <span className="font-mono text-[13px] break-all">{key}</span>: {t(`web.cycles.left.${why}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
