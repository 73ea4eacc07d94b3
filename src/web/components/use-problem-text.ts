import { ApiError } from '../api.ts';
import { useLanguage } from '../language.tsx';

/** What the server said against something, in one sentence, for where there is no room for more. */
export function useProblemText() {
  const { t } = useLanguage();
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return String(error);
    return error.status === 0 ? t('state.server_unreachable') : error.detail;
  };
}
