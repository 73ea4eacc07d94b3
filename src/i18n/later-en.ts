import { backupEn } from './backup-en.ts';
import { importEn } from './import-en.ts';
import { keysEn } from './keys-en.ts';
import { pictureEn } from './picture-en.ts';
import { resourcesEn } from './resources-en.ts';
import { revenueEn } from './revenue-en.ts';
import { shareEn } from './share-en.ts';
import { webAlertsEn } from './web-alerts-en.ts';
import { webBindingEn } from './web-binding-en.ts';
import { webConnectionsEn } from './web-connections-en.ts';
import { webKeyResultEn } from './web-key-result-en.ts';
import { webSetupEn } from './web-setup-en.ts';

/** What the other pages and faces say. */
export const laterEn = {
  ...importEn,
  ...revenueEn,
  ...pictureEn,
  ...resourcesEn,
  ...shareEn,
  ...keysEn,
  ...backupEn,
  ...webKeyResultEn,
  ...webBindingEn,
  ...webConnectionsEn,
  ...webAlertsEn,
  ...webSetupEn,
};
