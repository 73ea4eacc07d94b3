import { useState } from 'react';
import { useLanguage } from '../../language.tsx';

/** A text to take along. Where the browser keeps its clipboard from a page, it can still be selected with one click. */
export function CopyText({ text, label, block = false }: { text: string; label: string; block?: boolean }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <span className={block ? 'block' : 'inline-flex max-w-full flex-wrap items-center gap-2'}>
      {block ? (
        <pre
          // A line of a command may be longer than the window: the keyboard has to get there, too.
          tabIndex={0}
          className="overflow-x-auto rounded-lg border border-line bg-sunken px-3.5 py-2.5 font-mono text-[13px] leading-relaxed"
        >
          <code className="select-all">{text}</code>
        </pre>
      ) : (
        <code className="min-w-0 rounded bg-sunken px-1.5 py-0.5 font-mono text-[13px] break-all select-all">
          {text}
        </code>
      )}
      <button
        type="button"
        className={`button ${block ? 'mt-2' : ''}`}
        aria-label={`${t('web.connections.copy')}: ${label}`}
        onClick={() => void copy()}
      >
        <span aria-live="polite">{t(copied ? 'web.connections.copied' : 'web.connections.copy')}</span>
      </button>
    </span>
  );
}
