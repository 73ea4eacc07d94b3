import type { Connection } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import type { DataState, Tone } from '../../words.ts';
import { dataTone } from '../../words.ts';
import { DataIcon } from '../icons.tsx';

const tones: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  calm: 'bg-calm-soft text-calm',
  quiet: 'bg-quiet-soft text-quiet',
};

/** Anything but a live account says so, always. */
export function EnvironmentTag({ environment }: Pick<Connection, 'environment'>) {
  const { t } = useLanguage();
  if (environment === 'live') return null;
  const sandbox = environment === 'sandbox';
  return (
    <span
      title={sandbox ? t('label.sandbox_detail') : undefined}
      className="inline-block shrink-0 rounded-sm border border-dashed border-sand px-1 align-middle text-[11px] leading-4 font-medium text-sand"
    >
      {sandbox ? t('label.sandbox') : t('label.test_mode')}
    </span>
  );
}

/** How its data stand, by shape and word. */
export function DataWord({ state }: { state: DataState }) {
  const { t } = useLanguage();
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-2 text-[13px] font-medium whitespace-nowrap ${tones[dataTone(state)]}`}
    >
      <DataIcon state={state} />
      {t(`data.${state}`)}
    </span>
  );
}

/** Who hears of it when it fails; somebody who has left hears nothing. */
export function OwnerName(props: { owner: string | null; members: readonly { name: string }[] | undefined }) {
  const { t } = useLanguage();
  const { members, owner } = props;
  if (owner === null) return <>{t('page.no_owner')}</>;
  const left = members !== undefined && members.every(({ name }) => name !== owner);
  return (
    <>
      {owner}
      {left ? (
        <span title={t('web.connections.owner_left_detail')} className="text-warn">
          {' '}
          ({t('web.connections.owner_left')})
        </span>
      ) : null}
    </>
  );
}
