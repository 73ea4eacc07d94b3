import { useQuery } from '@tanstack/react-query';
import type { Guide } from '../i18n/web-connections-guides-en.ts';
import { useLanguage } from './language.tsx';

/** The guides in the reader's language, loaded when a page needs them; undefined until they are here. */
export function useGuides(): Readonly<Record<string, Guide | undefined>> | undefined {
  const { lang } = useLanguage();
  const { data } = useQuery({
    queryKey: ['guides', lang],
    queryFn: async () =>
      lang === 'en'
        ? (await import('../i18n/web-connections-guides-en.ts')).guidesEn
        : (await import('../i18n/web-connections-guides-zh-cn.ts')).guidesZhCn,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
