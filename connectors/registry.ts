import { calendar } from './calendar/index.ts';
import { feed } from './feed/index.ts';
import { ga4 } from './ga4/index.ts';
import { github } from './github/index.ts';
import { googlePlay } from './google-play/index.ts';
import { googleSheets } from './google-sheets/index.ts';
import { httpJson } from './http-json/index.ts';
import * as presets from './http-json/presets/index.ts';
import { jira } from './jira/index.ts';
import { mixpanel } from './mixpanel/index.ts';
import type { Connector } from './sdk/index.ts';
import { sql } from './sql/index.ts';
import { stripe } from './stripe/index.ts';
import { typeform } from './typeform/index.ts';
import { zendesk } from './zendesk/index.ts';

/** Every connector there is, by id. */
export const connectors: Record<string, Connector> = {
  stripe,
  ga4,
  mixpanel,
  github,
  jira,
  google_sheets: googleSheets,
  google_play: googlePlay,
  zendesk,
  typeform,
  feed,
  calendar,
  prometheus: presets.prometheus,
  app_store: presets.appStore,
  codecov: presets.codecov,
  sonarqube: presets.sonarqube,
  shopify: presets.shopify,
  revenuecat: presets.revenuecat,
  paddle: presets.paddle,
  chartmogul: presets.chartmogul,
  http_json: httpJson,
  sql,
};

/** The connector of that id, or null when there is none. */
export function connectorById(id: string): Connector | null {
  return Object.hasOwn(connectors, id) ? (connectors[id] ?? null) : null;
}
