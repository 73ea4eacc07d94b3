import { notFound } from './errors.ts';
import type { Actor, DeliveryRecord, Deps } from './ports.ts';

/** By its number or its delivery id, the one that receivers see. */
export async function findDelivery(
  { alerts }: Pick<Deps, 'alerts'>,
  { workspace }: Actor,
  id: string,
): Promise<DeliveryRecord> {
  const found = await alerts.findDelivery(workspace.id, id);
  if (found === null) throw notFound('delivery', id, 'List the deliveries with `tidemark delivery list`.');
  return found;
}
