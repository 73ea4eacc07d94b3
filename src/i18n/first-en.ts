import { accessEn } from './access-en.ts';
import { accountEn } from './account-en.ts';
import { baseEn } from './base-en.ts';
import { definitionEn } from './definition-en.ts';
import { pastEn } from './past-en.ts';
import { webBoardEn } from './web-board-en.ts';
import { webShellEn } from './web-shell-en.ts';

/** What the board and the frame around every page say: loaded before anything is shown. */
export const firstEn = {
  ...baseEn,
  ...definitionEn,
  ...pastEn,
  ...accountEn,
  ...accessEn,
  ...webShellEn,
  ...webBoardEn,
};
