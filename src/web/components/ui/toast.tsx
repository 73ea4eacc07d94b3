import { useEffect, useSyncExternalStore } from 'react';
import { useLanguage } from '../../language.tsx';
import { CloseIcon } from '../icons.tsx';

export type Toast = { id: number; text: string; undo?: (() => void) | undefined };

/** As long as an undo is offered. */
const SHOWN_MS = 10_000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says below the page that something was done, with a way back where there is one. */
export function say(text: string, undo?: () => void): void {
  lastId += 1;
  // Two lines at most: what was said before has been read, or is too old to be taken back.
  show([...toasts.slice(-1), { id: lastId, text, undo }]);
}

function show(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number): void => show(toasts.filter((toast) => toast.id !== id));

export function Toaster() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-20 flex flex-col items-center gap-2 px-4"
    >
      {shown.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const { t } = useLanguage();
  const { id, text, undo } = toast;
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-lg border border-line-strong bg-raised py-2 pr-2 pl-4 text-[14px] shadow-lg">
      <span className="min-w-0 break-words">{text}</span>
      {undo === undefined ? null : (
        <button
          type="button"
          className="button shrink-0"
          onClick={() => {
            dismiss(id);
            undo();
          }}
        >
          {t('web.undo')}
        </button>
      )}
      <button
        type="button"
        className="icon-button shrink-0"
        aria-label={t('web.close')}
        onClick={() => dismiss(id)}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
