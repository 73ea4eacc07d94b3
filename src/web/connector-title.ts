import type { Translate } from '../i18n/index.ts';

/** The name of a connection's provider, with the mark where nobody has compared it with a real answer yet. */
export function markedTitleOf(
  t: Translate,
  id: string,
  connector: { title: string; experimental?: true | undefined } | undefined,
): string {
  const title = titleOf(t, id, connector?.title ?? id);
  return connector?.experimental === true ? t('web.connections.experimental_title', { title }) : title;
}

/** Names of products stay as they are; what is ours has a name in both languages. */
export function titleOf(t: Translate, id: string, title: string): string {
  if (id === 'records') return t('source.records');
  if (id === 'sql') return t('web.connections.sql_title');
  return id === 'event_table' ? t('web.connections.event_table_title') : title;
}
