import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../../language.tsx';
import { boardQuery } from '../../queries.ts';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { actionItems, found, keyResultItems, type PaletteItem, pageItems } from './palette-items.ts';
import { usePaletteAction } from './use-palette-action.ts';

const GROUPS = ['key_results', 'pages', 'actions'] as const;

/** Everything by its name: pages, Key Results, and what can be done. Opened by Ctrl or ⌘ K. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useLanguage();
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    place.current?.showModal();
  }, []);
  return (
    <dialog
      ref={place}
      aria-label={t('web.palette')}
      className="dialog palette"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === place.current) onClose();
      }}
    >
      <PaletteSearch onClose={onClose} onHelp={onHelp} />
    </dialog>
  );
}

function PaletteSearch({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const items = useItems(typed);
  const { act, error } = usePaletteAction(onHelp);
  const chosen = Math.min(at, items.length - 1);
  const choose = async (item: PaletteItem | undefined) => {
    if (item !== undefined && (await act(item))) onClose();
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    // An input method takes Enter and the arrows for itself.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      setAt((chosen + step + items.length) % items.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void choose(items[chosen]);
    }
  };
  return (
    <>
      <input
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={items.length === 0 ? undefined : `${id}-${chosen}`}
        aria-label={t('web.palette')}
        placeholder={t('web.palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
        className="w-full shrink-0 border-b border-line bg-transparent px-5 py-3.5 text-[16px] outline-none"
      />
      <Found id={id} items={items} chosen={chosen} onChoose={(item) => void choose(item)} />
      <div className="shrink-0 px-5 empty:hidden">
        <FormProblem error={error} />
      </div>
    </>
  );
}

function useItems(typed: string): PaletteItem[] {
  const { t } = useLanguage();
  const { mayAdmin, mayEdit } = useMe();
  const { data: board } = useQuery(boardQuery(null, null));
  const all = useMemo(
    () => [
      ...keyResultItems(t, board),
      ...pageItems(t, { mayAdmin, mayEdit }),
      ...actionItems(t, { mayAdmin, mayEdit }),
    ],
    [board, mayAdmin, mayEdit, t],
  );
  return useMemo(() => found(all, typed), [all, typed]);
}

function Found(props: {
  id: string;
  items: readonly PaletteItem[];
  chosen: number;
  onChoose: (item: PaletteItem) => void;
}) {
  const { t } = useLanguage();
  const { chosen, id, items, onChoose } = props;
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  // A list box without an option is none.
  if (items.length === 0)
    return (
      <p id={`${id}-list`} role="status" className="px-5 py-6 text-muted">
        {t('web.palette.nothing')}
      </p>
    );
  return (
    <div id={`${id}-list`} role="listbox" aria-label={t('web.palette')} className="overflow-y-auto py-2">
      {GROUPS.map((group) => {
        const own = items.map((item, index) => ({ item, index })).filter(({ item }) => item.group === group);
        if (own.length === 0) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a list box has groups, and no field sets
          <div key={group} role="group" aria-label={t(`web.palette.${group}`)}>
            <p aria-hidden="true" className="px-5 pt-2 pb-1 text-[12px] text-muted">
              {t(`web.palette.${group}`)}
            </p>
            {own.map(({ index, item }) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field, which keeps the focus
              // biome-ignore lint/a11y/useFocusableInteractive: the same
              <div
                key={item.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                onClick={() => onChoose(item)}
                className="mx-2 flex cursor-pointer items-baseline gap-3 rounded-md px-3 py-1.5 hover:bg-hover aria-selected:bg-accent-soft"
              >
                <span className="min-w-0 shrink truncate">{item.label}</span>
                {item.note === undefined ? null : (
                  <span className="min-w-0 flex-1 truncate text-right text-[13px] text-muted">
                    {item.note}
                  </span>
                )}
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}
