import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { chooseTheme } from '../../theme.ts';
import { useChange } from '../../use-change.ts';
import { say } from '../ui/toast.tsx';
import { useChooseLanguage } from './language-switch.tsx';
import type { PaletteItem } from './palette-items.ts';
import { useSignOut } from './use-sign-out.ts';

/** Does what was chosen. Resolves to false when it was refused: then `error` says why. */
export function usePaletteAction(onHelp: () => void) {
  const { lang, t } = useLanguage();
  const navigate = useNavigate();
  const chooseLanguage = useChooseLanguage();
  const signOut = useSignOut();
  const sync = useChange(() => call('startSync', { body: {} }));
  const act = async ({ does }: PaletteItem): Promise<boolean> => {
    switch (does.kind) {
      case 'go':
        await navigate({ href: does.to });
        return true;
      case 'theme':
        chooseTheme(does.theme);
        return true;
      case 'language':
        chooseLanguage(lang === 'en' ? 'zh-CN' : 'en');
        return true;
      case 'help':
        onHelp();
        return true;
      case 'sync': {
        const done = (await sync.run(undefined)) !== undefined;
        if (done) say(t('web.palette.synced'));
        return done;
      }
      case 'sign_out':
        return (await signOut.run()) !== undefined;
    }
  };
  return { act, error: sync.error ?? signOut.error };
}
