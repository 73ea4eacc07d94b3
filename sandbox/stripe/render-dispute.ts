import type { DisputeState } from '../model/account.ts';
import { DAY_SECONDS } from '../model/time.ts';
import type { World } from '../world.ts';
import { disputeTransactions } from './ledger.ts';
import { paymentIntentId } from './render-payment.ts';
import type { Wire } from './wire.ts';

const EVIDENCE = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
];

export function renderDispute(dispute: DisputeState, world: World): Wire {
  const answered = dispute.status !== 'needs_response' && dispute.status !== 'warning_needs_response';
  const dueAt = dispute.at + 7 * DAY_SECONDS;
  return {
    id: dispute.disputeId,
    object: 'dispute',
    amount: dispute.amountMinor,
    balance_transactions: disputeTransactions(dispute, world.now),
    charge: dispute.chargeId,
    created: dispute.at,
    currency: dispute.currency,
    enhanced_eligibility_types: [],
    evidence: { ...Object.fromEntries(EVIDENCE.map((name) => [name, null])), enhanced_evidence: {} },
    evidence_details: {
      due_by: dueAt,
      enhanced_eligibility: {},
      has_evidence: answered,
      past_due: false,
      submission_count: answered ? 1 : 0,
      submission_method: answered ? 'manual' : 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: dispute.status.startsWith('warning'),
    livemode: false,
    metadata: {},
    payment_intent: paymentIntentId(dispute.chargeId),
    reason: dispute.reason,
    status: dispute.status,
  };
}
