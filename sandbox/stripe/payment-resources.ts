import { renderDispute } from './render-dispute.ts';
import { paymentIntentId, renderCharge, renderRefund } from './render-payment.ts';
import { serve } from './resource.ts';

export const charges = serve({
  object: 'charge',
  path: '/v1/charges',
  permission: 'rak_charge',
  all: (world) => world.account.charges.values(),
  id: (charge) => charge.chargeId,
  createdAt: (charge) => charge.at,
  render: renderCharge,
  filters: {
    customer: (charge, value) => charge.customerId === value,
    payment_intent: (charge, value) => paymentIntentId(charge.chargeId) === value,
    transfer_group: () => false,
  },
});

export const refunds = serve({
  object: 'refund',
  path: '/v1/refunds',
  permission: 'rak_charge',
  all: (world) => world.account.refunds.values(),
  id: (refund) => refund.refundId,
  createdAt: (refund) => refund.at,
  render: renderRefund,
  filters: {
    charge: (refund, value) => refund.chargeId === value,
    payment_intent: (refund, value) => paymentIntentId(refund.chargeId) === value,
  },
});

export const disputes = serve({
  object: 'dispute',
  path: '/v1/disputes',
  permission: 'rak_dispute',
  all: (world) => world.account.disputes.values(),
  id: (dispute) => dispute.disputeId,
  createdAt: (dispute) => dispute.at,
  render: renderDispute,
  filters: {
    charge: (dispute, value) => dispute.chargeId === value,
    payment_intent: (dispute, value) => paymentIntentId(dispute.chargeId) === value,
  },
});
