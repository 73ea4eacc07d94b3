import type { Drafts } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';

/** What else stands in the text: initiatives, hints, and lines that no Key Result could be made of, each with why. */
export function NotUnderstood({ drafts }: { drafts: Drafts }) {
  const { t, lang } = useLanguage();
  const own = lang === 'en' ? 'en' : 'zh';
  const initiatives = [...drafts.objectives.flatMap((each) => each.initiatives), ...drafts.initiatives];
  const { hints, notUnderstood } = drafts;
  if (initiatives.length + hints.length + notUnderstood.length === 0) return null;
  return (
    <section className="card mt-4 space-y-4">
      {notUnderstood.length === 0 ? null : (
        <div>
          <h2 className="font-semibold">{t('drafts.not_understood')}</h2>
          <ul className="mt-1 space-y-1.5 text-[14px]">
            {notUnderstood.map(({ line, reason, text }) => (
              <li key={line}>
                <span className="text-muted">{t('drafts.line', { line })}: </span>
                <span className="break-words">{text}</span>
                <span className="block text-[13px] text-muted">{reason[own]}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {initiatives.length === 0 ? null : (
        <div>
          <h2 className="font-semibold">{t('page.initiatives')}</h2>
          <ul className="mt-1 list-disc space-y-0.5 pl-5 text-[14px]">
            {initiatives.map(({ line, text }) => (
              <li key={line}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {hints.length === 0 ? null : (
        <div>
          <h2 className="font-semibold">{t('drafts.hints')}</h2>
          <ul className="mt-1 list-disc space-y-0.5 pl-5 text-[13px] text-muted">
            {hints.map(({ at, code, text }) => (
              <li key={`${code} ${at ?? ''}`}>{text[own]}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
