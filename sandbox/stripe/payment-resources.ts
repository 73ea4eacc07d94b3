import type { Query } from './query.ts';
import { renderDispute } from './render-dispute.ts';
import { chargeIdOf, paymentIntentId, renderCharge, renderRefund } from './render-payment.ts';
import { rowsOf, serve } from './resource.ts';

export const charges = serve({
  object: 'charge',
  path: '/v1/charges',
  permission: 'rak_charge',
  table: (world) => world.account.charges,
  id: (charge) => charge.chargeId,
  createdAt: (charge) => charge.at,
  render: renderCharge,
  filters: {
    customer: (charge, value) => charge.customerId === value,
    payment_intent: (charge, value) => paymentIntentId(charge.chargeId) === value,
    transfer_group: () => false,
  },
  few(query, { account }) {
    const intent = query.values.get('payment_intent');
    return intent === undefined ? null : rowsOf(account.charges, [chargeIdOf(intent)]);
  },
});

export const refunds = serve({
  object: 'refund',
  path: '/v1/refunds',
  permission: 'rak_charge',
  table: (world) => world.account.refunds,
  id: (refund) => refund.refundId,
  createdAt: (refund) => refund.at,
  render: renderRefund,
  filters: {
    charge: (refund, value) => refund.chargeId === value,
    payment_intent: (refund, value) => paymentIntentId(refund.chargeId) === value,
  },
  few(query, { account }) {
    const charge = chargeNamed(query);
    return charge === null ? null : rowsOf(account.refunds, account.charges.get(charge)?.refundIds);
  },
});

export const disputes = serve({
  object: 'dispute',
  path: '/v1/disputes',
  permission: 'rak_dispute',
  table: (world) => world.account.disputes,
  id: (dispute) => dispute.disputeId,
  createdAt: (dispute) => dispute.at,
  render: renderDispute,
  filters: {
    charge: (dispute, value) => dispute.chargeId === value,
    payment_intent: (dispute, value) => paymentIntentId(dispute.chargeId) === value,
  },
  few(query, { account }) {
    const charge = chargeNamed(query);
    return charge === null ? null : rowsOf(account.disputes, account.charges.get(charge)?.disputeIds);
  },
});

function chargeNamed({ values }: Query): string | null {
  const intent = values.get('payment_intent');
  return values.get('charge') ?? (intent === undefined ? null : chargeIdOf(intent));
}
