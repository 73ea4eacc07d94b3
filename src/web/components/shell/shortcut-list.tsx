import type { MessageKey } from '../../../i18n/index.ts';
import { useLanguage } from '../../language.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** What Apple's machines call Control is another key. */
const COMMAND = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

const KEYS: readonly { keys: readonly string[]; word: MessageKey }[] = [
  { keys: [COMMAND, 'K'], word: 'web.shortcuts.palette' },
  { keys: ['/'], word: 'web.shortcuts.search' },
  { keys: ['g', 'o'], word: 'web.nav.board' },
  { keys: ['g', 's'], word: 'web.nav.connections' },
  { keys: ['g', 'a'], word: 'web.nav.alerts' },
  { keys: ['g', 'e'], word: 'web.nav.settings' },
  { keys: ['j', 'k'], word: 'web.shortcuts.rows' },
  { keys: ['Enter'], word: 'web.shortcuts.open' },
  { keys: ['Esc'], word: 'web.close' },
  { keys: ['?'], word: 'web.shortcuts.list' },
];

export function ShortcutList({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog open onClose={onClose} title={t('web.shortcuts')}>
      <dl className="divide-y divide-line">
        {KEYS.map(({ keys, word }) => (
          <div key={word} className="flex items-center gap-4 py-2">
            <dt className="flex w-24 shrink-0 gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-md border border-line-strong bg-sunken px-1.5 text-center font-mono text-[12px] leading-6"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-[13px] text-muted">{t('web.shortcuts.note')}</p>
    </Dialog>
  );
}
