import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import type { DefinitionChangeView } from '../../api/contracts/definition.ts';
import { call } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { knownStatus } from '../words.ts';
import { statusWord } from './badges.tsx';
import { Fact } from './evidence-parts.tsx';
import { DialogForm } from './form-parts.tsx';
import { useMayChange } from './key-result-actions.tsx';
import { CheckField } from './ui/fields.tsx';
import { Asked } from './ui/page-parts.tsx';
import { say } from './ui/toast.tsx';

/** What the newer definition of the metric would change, in both numbers, and accepting it. */
export function AcceptForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const query = useQuery({
    queryKey: ['definition-change', detail.id],
    queryFn: ({ signal }) => call('getDefinitionChange', { params: { id: detail.id }, signal }),
  });
  return (
    <Asked query={query} inside>
      {(change) => <Change change={change} detail={detail} onDone={onDone} />}
    </Asked>
  );
}

function Change(props: { change: DefinitionChangeView; detail: KeyResultDetail; onDone: () => void }) {
  const { t, format } = useLanguage();
  const { change, detail, onDone } = props;
  const [recapture, setRecapture] = useState(false);
  const mayChange = useMayChange(detail);
  const { baseline, from, jump, metric, overlap, problem, reason, to } = change;
  const accept = useChange(
    () =>
      call('acceptDefinition', {
        params: { id: detail.id },
        body: { version: to.version, recapture },
      }),
    () => {
      say(t('web.kr.accepted', { version: to.version }));
      onDone();
    },
  );
  const numbers = (both: NonNullable<typeof jump> | NonNullable<typeof overlap>) => ({
    old: format.full(both.old, metric),
    new: format.full(both.new, metric),
    difference: format.full(both.difference, metric),
    percent: format.percent(both.percent),
  });
  const content = (
    <>
      <p className="leading-relaxed">
        {t('web.kr.versions_from_to', { metric: metric.title, from: from.version, to: to.version })}
        {reason === null ? null : <span className="text-muted"> {reason}</span>}
      </p>
      <div className="space-y-1 text-[13px] leading-relaxed tabular-nums">
        <p>
          {jump === null
            ? t('definition.jump_none')
            : t('definition.jump', { day: format.day(jump.day), ...numbers(jump) })}
        </p>
        {overlap === null ? null : (
          <p>
            {t('definition.overlap', {
              days: overlap.days,
              differing: overlap.differing,
              ...numbers(overlap),
            })}
          </p>
        )}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Standing title={t('definition.on_old')} standing={change.onOld} change={change} />
        <Standing title={t('definition.on_new')} standing={change.onNew} change={change} />
      </div>
      {problem === null ? null : (
        <p className="text-[13px] font-medium text-warn">{t('definition.cannot', { problem })}</p>
      )}
    </>
  );
  if (!mayChange) return <div className="space-y-4">{content}</div>;
  return (
    <DialogForm
      change={accept}
      submit={t('web.kr.accept', { version: to.version })}
      onCancel={onDone}
      onSubmit={() => {
        if (problem === null) void accept.run(undefined);
      }}
    >
      {content}
      {baseline === null ? null : (
        <CheckField
          label={t('web.kr.accept_recapture', { value: format.full(baseline, metric) })}
          checked={recapture}
          onChange={setRecapture}
        />
      )}
    </DialogForm>
  );
}

function Standing(props: {
  title: string;
  standing: DefinitionChangeView['onOld'];
  change: DefinitionChangeView;
}) {
  const { t, format } = useLanguage();
  const { change, standing, title } = props;
  return (
    <section className="rounded-lg bg-sunken p-3.5">
      <h3 className="mb-2 font-medium">{title}</h3>
      {standing === null ? (
        <p className="text-[13px] text-muted">{t('label.no_value')}</p>
      ) : (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13px] whitespace-nowrap">
          <Fact word={t('column.status')}>{statusWord(t, knownStatus(standing.status))}</Fact>
          <Fact word={t('column.value')}>{format.full(standing.currentValue, change.metric)}</Fact>
          <Fact word={t('column.progress')}>{format.percent(standing.progress)}</Fact>
          <Fact word={t('column.expected')}>{format.percent(standing.expected)}</Fact>
        </dl>
      )}
    </section>
  );
}
