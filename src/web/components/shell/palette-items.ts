import type { Board } from '../../../api/contract.ts';
import { everyTitle, type Translate, titleIn } from '../../../i18n/index.ts';
import { type Theme, themes } from '../../theme.ts';

/** What somebody can go to or do from anywhere. */
export type PaletteItem = {
  id: string;
  group: 'pages' | 'actions' | 'key_results';
  label: string;
  /** Stands beside the label, and is searched too. */
  note?: string;
  /** Searched, not shown: the name in the other language, the key. */
  also?: string;
  does:
    | { kind: 'go'; to: string }
    | { kind: 'theme'; theme: Theme }
    | { kind: 'language' }
    | { kind: 'sync' }
    | { kind: 'help' }
    | { kind: 'sign_out' };
};

const SHOWN_KEY_RESULTS = 8;

type May = { mayEdit: boolean; mayAdmin: boolean };

export function pageItems(t: Translate, { mayAdmin }: May): PaletteItem[] {
  const page = (to: string, label: string): PaletteItem => ({
    id: `go ${to}`,
    group: 'pages',
    label,
    does: { kind: 'go', to },
  });
  return [
    page('/', t('web.nav.board')),
    page('/connections', t('web.nav.connections')),
    page('/alerts', t('web.nav.alerts')),
    page('/settings', t('web.settings.workspace')),
    page('/settings/members', t('web.settings.members')),
    page('/settings/cycles', t('web.settings.cycles')),
    page('/settings/account', t('web.settings.account')),
    ...(mayAdmin ? [page('/settings/audit-log', t('web.settings.audit'))] : []),
    page('/settings/data', t('web.settings.data')),
  ];
}

export function actionItems(t: Translate, { mayAdmin, mayEdit }: May): PaletteItem[] {
  const go = (to: string, label: string): PaletteItem => ({
    id: `do ${to}`,
    group: 'actions',
    label,
    does: { kind: 'go', to },
  });
  return [
    ...(mayEdit
      ? [
          go('/new', t('web.nav.add')),
          go('/connections/new', t('web.palette.connect')),
          { id: 'sync', group: 'actions', label: t('web.palette.sync'), does: { kind: 'sync' } } as const,
        ]
      : []),
    ...(mayAdmin ? [go('/settings/members?invite=1', t('web.members.invite'))] : []),
    ...themes.map(
      (theme): PaletteItem => ({
        id: `theme ${theme}`,
        group: 'actions',
        label: t('web.palette.theme', { theme: t(`page.theme.${theme}`) }),
        does: { kind: 'theme', theme },
      }),
    ),
    { id: 'language', group: 'actions', label: t('web.palette.language'), does: { kind: 'language' } },
    { id: 'help', group: 'actions', label: t('web.shortcuts'), does: { kind: 'help' } },
    { id: 'sign_out', group: 'actions', label: t('web.menu.sign_out'), does: { kind: 'sign_out' } },
  ];
}

export function keyResultItems(t: Translate, board: Board | undefined): PaletteItem[] {
  return (board?.objectives ?? []).flatMap((objective) =>
    objective.keyResults.map(
      (row): PaletteItem => ({
        id: `kr ${row.key}`,
        group: 'key_results',
        label: titleIn(t.lang, row),
        note: titleIn(t.lang, objective),
        also: [row.key, row.owner ?? '', ...everyTitle(row), ...everyTitle(objective)].join(' '),
        does: { kind: 'go', to: `/key-results/${encodeURIComponent(row.key)}` },
      }),
    ),
  );
}

/** Those in which every word that was typed occurs, in their order; of Key Results the first few. */
export function found(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ also = '', label, note = '' }: PaletteItem): boolean => {
    const text = `${label} ${note} ${also}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  let keyResults = 0;
  return items.filter((item) => {
    if (!fits(item)) return false;
    if (item.group !== 'key_results') return true;
    keyResults += 1;
    return keyResults <= SHOWN_KEY_RESULTS;
  });
}
