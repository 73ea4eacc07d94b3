import type { AppStoreWorld } from '../app-store/server.ts';
import type { Work } from '../model/work/work.ts';
import { APP_ID } from './names.ts';

/** What customers say, as the tools that hear it stand at an instant. */

export function appStoreOf({ appStore }: Work): AppStoreWorld {
  const stars: Record<string, number[]> = {};
  for (const day of appStore) {
    const sum = stars[day.country] ?? [0, 0, 0, 0, 0];
    stars[day.country] = sum.map((count, index) => count + (day.stars[index] ?? 0));
  }
  return { appId: APP_ID, name: 'Acme (sandbox data)', version: '4.0', stars };
}
