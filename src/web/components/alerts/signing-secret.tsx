import { useState } from 'react';
import { useLanguage } from '../../language.tsx';

/** A secret that is shown this once, to be copied. */
export function SigningSecret({ note, secret }: { secret: string; note: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      setCopied(false); // a page that came over plain HTTP may not; the text can be selected
    }
  };
  return (
    <section className="rounded-lg border border-line-strong bg-sunken p-4">
      <h3 className="font-semibold">{t('web.channels.secret')}</h3>
      <p className="mt-1 text-[14px] leading-relaxed text-muted">{note}</p>
      <code className="mt-2 block font-mono text-[13px] break-all select-all">{secret}</code>
      <button type="button" onClick={() => void copy()} className="button mt-2 min-h-8">
        {t(copied ? 'web.channels.copied' : 'web.channels.copy')}
      </button>
    </section>
  );
}
