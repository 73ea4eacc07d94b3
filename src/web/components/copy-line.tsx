import { useId, useRef, useState } from 'react';
import { useLanguage } from '../language.tsx';

/** One line to take along: shown whole, copied by a button, and selected where the browser does not let us copy. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const { t } = useLanguage();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Over plain HTTP a page may not; what is selected is copied by hand.
      setCopied(false);
    }
  };
  return (
    <div>
      <label htmlFor={id} className="block text-[13px] font-medium">
        {label}
      </label>
      <div className="mt-1 flex items-stretch gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          value={text}
          onFocus={(event) => event.target.select()}
          className="field mt-0 min-w-0 flex-1 font-mono text-[13px]"
        />
        <button type="button" className="button shrink-0" onClick={() => void copy()}>
          {copied ? t('web.kr.copied') : t('web.kr.copy')}
        </button>
      </div>
    </div>
  );
}
