import { useLanguage } from '../../language.tsx';
import { say } from '../ui/toast.tsx';

/** The address of what is shown, filters and all, for somebody else. */
export function CopyLink() {
  const { t } = useLanguage();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      say(t('web.board.link_copied'));
    } catch {
      // Over plain HTTP from another machine there is no clipboard.
      say(t('web.board.link_not_copied'));
    }
  };
  return (
    <button type="button" onClick={() => void copy()} className="button min-h-9">
      {t('web.board.copy_link')}
    </button>
  );
}
