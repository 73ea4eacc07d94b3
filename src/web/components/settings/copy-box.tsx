import { useId, useRef, useState } from 'react';
import { useLanguage } from '../../language.tsx';

/** Something that is shown once: to be taken along, by a button or by hand. */
export function CopyBox({ label, text }: { label: string; text: string }) {
  const { t } = useLanguage();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by_hand'>('no');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('yes');
    } catch {
      // Over plain HTTP from another machine there is no clipboard: then it is marked, ready for the keys.
      field.current?.focus();
      field.current?.select();
      setCopied('by_hand');
    }
  };
  return (
    <div>
      <label htmlFor={id} className="block text-[13px] font-medium">
        {label}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          value={text}
          onFocus={(event) => event.target.select()}
          className="field mt-0 min-w-0 flex-1 font-mono text-[13px]"
        />
        <button type="button" onClick={() => void copy()} className="button shrink-0">
          {t('web.copy')}
        </button>
      </div>
      <p role="status" className="mt-1 min-h-5 text-[13px] text-muted">
        {copied === 'no' ? '' : t(copied === 'yes' ? 'web.copied' : 'web.copy_by_hand')}
      </p>
    </div>
  );
}
