import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Channel, deliveryQuery } from '../../alerts-queries.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { tryText, whatToDo } from './delivery-words.ts';

/** Sends a test message and says in place what became of it. */
export function TestButton({ channel }: { channel: Channel }) {
  const { t } = useLanguage();
  const [sent, setSent] = useState<string | null>(null);
  const test = useChange(
    () => call('testChannel', { params: { id: channel.key } }),
    ({ id }) => setSent(id),
  );
  return (
    <div className="min-w-0 basis-full">
      <button
        type="button"
        disabled={test.busy || !channel.enabled}
        onClick={() => {
          setSent(null);
          void test.run(undefined);
        }}
        aria-label={t('web.channels.action_of', { action: t('web.channels.test'), title: channel.title })}
        className="button min-h-8"
      >
        {t('web.channels.test')}
      </button>
      <div role="status">{sent === null ? null : <TestResult id={sent} channel={channel} />}</div>
      <FormProblem error={test.error} />
    </div>
  );
}

function TestResult({ channel, id }: { channel: Channel; id: string }) {
  const { t, format } = useLanguage();
  const { data } = useQuery(deliveryQuery(id));
  const queries = useQueryClient();
  const last = data?.tries[0];
  const attempts = data?.attempts ?? 0;
  // What the channel shows of itself follows from it: that it works, fails, or was switched off.
  useEffect(() => {
    if (attempts === 0) return;
    for (const name of ['channels', 'deliveries']) void queries.invalidateQueries({ queryKey: [name] });
  }, [attempts, queries]);
  if (data === undefined || (last === undefined && data.status === 'pending'))
    return <p className="mt-2 text-[14px] text-muted">{t('web.channels.test.under_way')}</p>;
  if (data.status === 'delivered')
    return (
      <p className="mt-2 rounded-lg bg-good-soft px-3.5 py-2 text-[14px] text-good">
        {t('web.channels.test.arrived', { at: format.instant(data.deliveredAt) })}
      </p>
    );
  return (
    <div className="mt-2 rounded-lg bg-warn-soft px-3.5 py-2 text-[14px] leading-relaxed text-warn">
      <p className="font-medium">
        {last === undefined
          ? t('web.channels.test.not_sent')
          : t('web.channels.test.failed', { answer: tryText(t, last) })}
      </p>
      {last === undefined ? null : <p>{whatToDo(t, channel.kind, last)}</p>}
      {data.nextAt === null ? null : <p>{t('web.deliveries.next', { at: format.instant(data.nextAt) })}</p>}
    </div>
  );
}
