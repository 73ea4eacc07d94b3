import { backupZhCn } from './backup-zh-cn.ts';
import { importZhCn } from './import-zh-cn.ts';
import { keysZhCn } from './keys-zh-cn.ts';
import type { laterEn } from './later-en.ts';
import { pictureZhCn } from './picture-zh-cn.ts';
import { resourcesZhCn } from './resources-zh-cn.ts';
import { revenueZhCn } from './revenue-zh-cn.ts';
import { shareZhCn } from './share-zh-cn.ts';
import { webAlertsZhCn } from './web-alerts-zh-cn.ts';
import { webBindingZhCn } from './web-binding-zh-cn.ts';
import { webConnectionsZhCn } from './web-connections-zh-cn.ts';
import { webKeyResultZhCn } from './web-key-result-zh-cn.ts';
import { webSetupZhCn } from './web-setup-zh-cn.ts';

export const laterZhCn: Record<keyof typeof laterEn, string> = {
  ...importZhCn,
  ...revenueZhCn,
  ...pictureZhCn,
  ...resourcesZhCn,
  ...shareZhCn,
  ...keysZhCn,
  ...backupZhCn,
  ...webKeyResultZhCn,
  ...webBindingZhCn,
  ...webConnectionsZhCn,
  ...webAlertsZhCn,
  ...webSetupZhCn,
};
