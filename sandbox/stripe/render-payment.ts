import type { ChargeState, RefundState } from '../model/account.ts';
import type { World } from '../world.ts';
import type { Wire } from './wire.ts';

/** Other objects of one payment are named after its charge, so that they can be found again. */
export function paymentIntentId(chargeId: string): string {
  return `pi_${chargeId.slice(3)}`;
}

export function chargeIdOf(paymentIntent: string): string {
  return `ch_${paymentIntent.slice(3)}`;
}

/** Refunds of a charge that took money from Acme, or may still. */
function refundedMinor(charge: ChargeState, world: World): number {
  return charge.refundIds.reduce((sum, id) => {
    const refund = world.account.refunds.get(id);
    const counts = refund?.status === 'succeeded' || refund?.status === 'pending';
    return sum + (counts ? refund.amountMinor : 0);
  }, 0);
}

export function renderCharge(charge: ChargeState, world: World): Wire {
  const customer = charge.customerId === null ? undefined : world.account.customers.get(charge.customerId);
  const refunded = refundedMinor(charge, world) + charge.releasedMinor;
  const failed = charge.status === 'failed';
  const reference = charge.chargeId.slice(3);
  return {
    id: charge.chargeId,
    object: 'charge',
    amount: charge.amountMinor,
    amount_captured: charge.capturedMinor,
    amount_refunded: refunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: charge.captured && !failed ? `txn_${reference}` : null,
    billing_details: {
      address: {
        city: null,
        country: customer?.country ?? null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: customer?.email ?? null,
      name: customer?.name ?? null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'ACME',
    captured: charge.captured,
    created: charge.at,
    currency: charge.currency,
    customer: charge.customerId,
    description: charge.description,
    disputed: charge.disputeIds.length > 0,
    failure_balance_transaction: null,
    failure_code: charge.failureCode,
    failure_message: failed ? 'The payment did not go through.' : null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: outcomeOf(charge),
    paid: charge.status === 'succeeded',
    payment_intent: paymentIntentId(charge.chargeId),
    payment_method: `pm_${reference}`,
    payment_method_details: methodDetails(charge),
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: refunded >= charge.amountMinor,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: charge.status,
    transfer_data: null,
    transfer_group: null,
  };
}

function outcomeOf(charge: ChargeState): Wire {
  const failed = charge.status === 'failed';
  return {
    advice_code: failed ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: failed ? 'declined_by_network' : 'approved_by_network',
    reason: failed ? 'generic_decline' : null,
    risk_level: 'normal',
    seller_message: failed
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: failed ? 'issuer_declined' : 'authorized',
  };
}

function methodDetails(charge: ChargeState): Wire {
  const last4 = String(charge.at % 10_000).padStart(4, '0');
  if (charge.method === 'us_bank_account') {
    const account = {
      account_holder_type: 'company',
      account_type: 'checking',
      bank_name: 'TEST BANK',
      fingerprint: null,
      last4,
      payment_reference: null,
      routing_number: '110000000',
    };
    return { type: 'us_bank_account', us_bank_account: account };
  }
  const card = {
    amount_authorized: charge.status === 'failed' ? null : charge.amountMinor,
    authorization_code: null,
    brand: 'visa',
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    electronic_commerce_indicator: null,
    exp_month: 8,
    exp_year: 2030,
    extended_authorization: { status: 'disabled' },
    fingerprint: null,
    funding: 'credit',
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: 'visa',
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: charge.amountMinor, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
  return { type: 'card', card };
}

export function renderRefund(refund: RefundState, world: World): Wire {
  const charge = world.account.charges.get(refund.chargeId);
  const reference = refund.refundId.slice(3);
  const lost = refund.status === 'failed' || refund.status === 'canceled';
  return {
    id: refund.refundId,
    object: 'refund',
    amount: refund.amountMinor,
    balance_transaction: `txn_${reference}`,
    charge: refund.chargeId,
    created: refund.at,
    currency: refund.currency,
    customer: charge?.customerId ?? null,
    customer_account: null,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    ...(lost ? { failure_balance_transaction: `txn_f${reference}` } : {}),
    ...(refund.status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
    metadata: {},
    payment_intent: paymentIntentId(refund.chargeId),
    payment_method: `pm_${refund.chargeId.slice(3)}`,
    ...(refund.status === 'pending' ? { pending_reason: 'processing' } : {}),
    reason: refund.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: refund.status,
    transfer_reversal: null,
  };
}
