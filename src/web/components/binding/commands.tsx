import { useLanguage } from '../../language.tsx';
import { CopyText } from '../connections/copy-text.tsx';

/** The same as the page is about to do, to be done by a program. */
export function Commands({
  commands,
  requests,
}: {
  commands: readonly string[];
  requests: readonly string[];
}) {
  const { t } = useLanguage();
  return (
    <details className="card">
      <summary className="min-h-6 cursor-pointer text-[14px] font-medium">
        {t('web.binding.same_by_program')}
      </summary>
      <div className="mt-3 space-y-4">
        <div>
          <p className="mb-1 text-[13px] text-muted">{t('web.binding.in_terminal')}</p>
          <CopyText block text={commands.join('\n')} label={t('web.binding.in_terminal')} />
        </div>
        {requests.length === 0 ? null : (
          <div>
            <p className="mb-1 text-[13px] text-muted">{t('web.binding.over_http')}</p>
            <CopyText block text={requests.join('\n\n')} label={t('web.binding.over_http')} />
          </div>
        )}
      </div>
    </details>
  );
}
