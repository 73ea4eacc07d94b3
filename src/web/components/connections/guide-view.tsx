import type { Guide } from '../../../i18n/web-connections-guides-en.ts';
import { useLanguage } from '../../language.tsx';

/** How to get the key: numbered steps, exact names of permissions, what is read and what never happens. */
export function GuideView({ guide }: { guide: Guide }) {
  const { t } = useLanguage();
  return (
    <div className="text-[14px] leading-relaxed">
      <ol className="list-decimal space-y-2.5 pl-5">
        {guide.steps.map(({ link, text }) => (
          <li key={text} className="pl-1">
            {text}
            {link === undefined ? null : (
              <a
                href={link}
                target="_blank"
                rel="noreferrer"
                className="link mt-0.5 block text-[13px] break-all"
              >
                {link.replace('https://', '')}
              </a>
            )}
          </li>
        ))}
      </ol>
      {guide.permissions.length === 0 ? null : (
        <>
          <h3 className="step">{t('web.connections.permissions')}</h3>
          <dl className="grid gap-x-5 gap-y-1 text-[13px] sm:grid-cols-[minmax(0,max-content)_minmax(0,1fr)]">
            {guide.permissions.map(({ name, why }) => (
              <div key={name} className="contents">
                <dt className="font-medium max-sm:mt-1">{name}</dt>
                <dd className="text-muted">{why}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h3 className="step">{t('web.connections.what_is_read')}</h3>
      <p>{guide.reads}</p>
      <h3 className="step">{t('web.connections.what_never')}</h3>
      <p>{guide.never}</p>
    </div>
  );
}
