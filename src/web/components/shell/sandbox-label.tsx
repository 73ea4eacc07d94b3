import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../language.tsx';
import { connectionsOfShell } from '../../setup-queries.ts';
import { useMe } from '../../use-me.ts';

/** On every page of a workspace that shows a company that there is not. */
export function SandboxLabel() {
  const { t } = useLanguage();
  const { me } = useMe();
  const { data } = useQuery({ ...connectionsOfShell, enabled: me !== null });
  if (data === undefined || !data.some(({ environment }) => environment === 'sandbox')) return null;
  return (
    <span
      title={t('label.sandbox_detail')}
      className="shrink-0 rounded-sm border border-dashed border-sand px-1.5 text-[12px] leading-5 font-medium text-sand"
    >
      {t('label.sandbox')}
    </span>
  );
}
