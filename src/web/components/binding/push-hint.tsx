import { curlOf } from '../../binding-commands.ts';
import { useLanguage } from '../../language.tsx';
import { CopyText } from '../connections/copy-text.tsx';

/** How a program sends the first value. The token is the reader's own and stands in no page. */
export function PushHint({ metric }: { metric: string }) {
  const { t } = useLanguage();
  const curl = curlOf(window.location.origin, `/api/v1/metrics/${metric}/values`, {
    values: [{ day: new Date().toISOString().slice(0, 10), value: 1 }],
  });
  return (
    <section className="card">
      <h2 className="font-semibold">{t('web.binding.push')}</h2>
      <p className="mt-1 mb-3 text-[14px] leading-relaxed text-muted">{t('web.binding.push_hint')}</p>
      <CopyText block text={curl} label="curl" />
      <div className="mt-3">
        <CopyText block text={`npx tidemark push ${metric} --value 1`} label={t('web.binding.in_terminal')} />
      </div>
    </section>
  );
}
