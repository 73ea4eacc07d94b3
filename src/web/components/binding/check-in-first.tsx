import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { storedAmount } from '../../amount-text.ts';
import { call } from '../../api.ts';
import type { Detail } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, TextField } from '../ui/fields.tsx';
import { AmountField } from './amount-field.tsx';
import type { Place } from './bind-place.ts';
import { Commands } from './commands.tsx';

/** Nothing to connect: people say the value, and are asked again. The first one can be said at once. */
export function CheckInFirst({ detail, place }: { detail: Detail; place: Place }) {
  const { t, format } = useLanguage();
  const { key } = detail;
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const counted = detail.goal.kind === 'accumulate' || detail.goal.kind === 'recurring';
  const save = useChange(
    (value: number) =>
      call('checkIn', {
        params: { id: key },
        body: counted ? { add: value, note } : { value, note },
      }),
    () => place.put({ done: '1' }, true),
  );
  if (place.words['done'] === '1')
    return (
      <section className="card max-w-3xl">
        <div role="status">
          <h2 className="font-semibold">
            {t('web.binding.checked_in', { value: format.full(detail.currentValue, detail) })}
          </h2>
        </div>
        <p className="mt-1 text-[14px] text-muted">{t('web.binding.checked_in_hint')}</p>
        <Link to="/key-results/$key" params={{ key }} className="button button-main mt-4 inline-block">
          {t('web.binding.to_key_result')}
        </Link>
      </section>
    );
  return (
    <>
      <form
        noValidate
        className="card max-w-3xl space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          const value = storedAmount(text, detail);
          setUnreadable(value === null);
          if (value !== null) void save.run(value);
        }}
      >
        <div>
          <h2 className="font-semibold">{t('web.binding.way.check_in')}</h2>
          <p className="mt-1 text-[14px] leading-relaxed text-muted">
            {t(detail.source === null ? 'web.binding.check_in_hint' : 'web.binding.check_in_bound')}
          </p>
        </div>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <AmountField
            label={t(counted ? 'web.binding.today_more' : 'web.binding.value_now')}
            measure={detail}
            value={text}
            onChange={setText}
            problem={
              unreadable
                ? t('web.binding.unreadable')
                : (fieldProblem(save.error, '/value') ?? fieldProblem(save.error, '/add'))
            }
            required
          />
          <TextField label={t('web.binding.note')} value={note} onChange={setNote} />
        </div>
        <FormProblem error={save.error} />
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="button button-main" disabled={save.busy}>
            {save.busy ? t('web.saving') : t('web.binding.check_in_now')}
          </button>
          <Link to="/key-results/$key" params={{ key }} className="button py-2">
            {t('web.binding.later')}
          </Link>
        </div>
      </form>
      <Commands
        commands={[`npx tidemark checkin ${key} ${counted ? '--add' : '--value'} 1 --note "…"`]}
        requests={[]}
      />
    </>
  );
}
