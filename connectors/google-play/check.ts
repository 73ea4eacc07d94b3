import type { CheckResult } from '../sdk/index.ts';
import { missingApp } from './accept.ts';
import type { PlayContext } from './client.ts';
import { listReports, namedIn } from './reports.ts';

/**
 * Lists the app's reports. One without any may be too new to have been rated, so that is a warning.
 *
 * @throws ConnectorError as every read does
 */
export async function checkPlay(context: PlayContext): Promise<CheckResult> {
  const { bucket, packageName } = context.config;
  const { files } = await listReports(context);
  const months = files.flatMap(({ name }) => namedIn(name)?.month ?? []).toSorted();
  const [first, last] = [months[0], months.at(-1)];
  const since = first === undefined ? 'no reports yet' : `reports of ${first} to ${last}`;
  return {
    account: `Google Play ${packageName} (${since}, ${bucket})`,
    livemode: null,
    warnings: first === undefined ? [await missingApp(context)] : [],
  };
}
