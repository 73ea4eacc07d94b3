import type { CatalogMetric } from '../catalog/types.ts';
import { supportRequestsPerUserMonth } from './support-requests.ts';
import { taggedTicketCount } from './tagged-tickets.ts';

export const ticketMetrics: readonly CatalogMetric[] = [supportRequestsPerUserMonth, taggedTicketCount];
