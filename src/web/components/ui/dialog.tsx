import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useLanguage } from '../../language.tsx';
import { CloseIcon } from '../icons.tsx';

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** `drawer` stands at the right edge, as high as the window. */
  shape?: 'box' | 'drawer';
};

/**
 * A window above the page: the browser's own dialog, which keeps the focus inside, closes by Escape and gives the focus
 * back. What is in it is mounted only while it is open.
 */
export function Dialog({ open, onClose, title, children, shape = 'box' }: DialogProps) {
  const { t } = useLanguage();
  const place = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = place.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={place}
      aria-labelledby={id}
      className={`dialog ${shape === 'drawer' ? 'dialog-drawer' : 'dialog-box'}`}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === place.current) onClose();
      }}
    >
      {open ? (
        <div className="flex max-h-full flex-col">
          <div className="flex items-start gap-4 border-b border-line px-5 py-4">
            <h2 id={id} className="min-w-0 flex-1 font-semibold break-words">
              {title}
            </h2>
            <button type="button" onClick={onClose} aria-label={t('web.close')} className="icon-button -my-1">
              <CloseIcon />
            </button>
          </div>
          <div className="overflow-y-auto px-5 py-4">{children}</div>
        </div>
      ) : null}
    </dialog>
  );
}
