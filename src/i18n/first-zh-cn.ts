import { accessZhCn } from './access-zh-cn.ts';
import { accountZhCn } from './account-zh-cn.ts';
import { baseZhCn } from './base-zh-cn.ts';
import { definitionZhCn } from './definition-zh-cn.ts';
import type { firstEn } from './first-en.ts';
import { pastZhCn } from './past-zh-cn.ts';
import { webBoardZhCn } from './web-board-zh-cn.ts';
import { webShellZhCn } from './web-shell-zh-cn.ts';

export const firstZhCn: Record<keyof typeof firstEn, string> = {
  ...baseZhCn,
  ...definitionZhCn,
  ...pastZhCn,
  ...accountZhCn,
  ...accessZhCn,
  ...webShellZhCn,
  ...webBoardZhCn,
};
