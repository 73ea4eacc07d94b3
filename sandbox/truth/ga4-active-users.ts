import type { Model } from '../model/model.ts';
import { type Ga4Look, seenByGa4 } from './ga4-seen.ts';

/** Devices that were active on any of the days, both included: people of a window, who are never a sum of days. */
export function ga4ActiveUsers(
  model: Pick<Model, 'activity'>,
  window: { startDay: string; endDay: string },
  look: Ga4Look,
): number {
  const { sessions } = seenByGa4(model, look);
  const inside = sessions.filter(({ day }) => day >= window.startDay && day <= window.endDay);
  const active = inside.filter(({ newDevice, engagedSeconds }) => newDevice || engagedSeconds > 0);
  return new Set(active.map(({ deviceId }) => deviceId)).size;
}
