import { DAY_SECONDS } from './chance.ts';
import { NOTHING, type Wanted } from './expand.ts';
import { chargeSeq, MOVEMENT, movementSeq } from './happenings.ts';
import { customerId, idOf, seqTail, tail } from './ids.ts';
import type { Invoice, Life } from './life.ts';
import { CENTS_PER_MINOR, inCents } from './plans.ts';
import { renderCustomer } from './render-subscription.ts';

/** One attempt to collect an invoice. */
export function renderCharge(
  life: Life,
  invoice: Invoice,
  worked: boolean,
  wanted: Wanted = NOTHING,
): string {
  const { index, customer, currency } = life;
  const { seq, totalMinor, refund, disputedAt } = invoice;
  const own = seqTail(index, seq);
  const refunded = worked ? (refund?.amountMinor ?? 0) : 0;
  const at = worked ? invoice.paidAt : invoice.failedAt;
  const movement = idOf('balance_transactions', index, movementSeq(seq, MOVEMENT.charge));
  const whole = wanted('balance_transaction');
  const balance = !worked ? 'null' : whole ? renderMovement(life, invoice, MOVEMENT.charge) : `"${movement}"`;
  const owner = wanted('customer') ? renderCustomer(life) : `"${customerId(customer)}"`;
  const outcome = worked
    ? '"advice_code":null,"network_advice_code":null,"network_decline_code":null,"network_status":"approved_by_network","reason":null,"risk_level":"normal","seller_message":"Payment complete.","type":"authorized"'
    : '"advice_code":"try_again_later","network_advice_code":null,"network_decline_code":null,"network_status":"declined_by_network","reason":"generic_decline","risk_level":"normal","seller_message":"The bank did not return any further details with this decline.","type":"issuer_declined"';
  return `{"id":"${idOf('charges', index, chargeSeq(seq, worked))}","object":"charge","amount":${totalMinor},"amount_captured":${worked ? totalMinor : 0},"amount_refunded":${refunded},"application":null,"application_fee":null,"application_fee_amount":null,"balance_transaction":${balance},"billing_details":{"address":{"city":null,"country":"US","line1":null,"line2":null,"postal_code":null,"state":null},"email":"${tail(customer)}@customers.example","name":"Customer ${tail(customer)}","phone":null,"tax_id":null},"calculated_statement_descriptor":"BENCH","captured":${worked},"created":${at},"currency":"${currency}","customer":${owner},"description":"Subscription","disputed":${worked && disputedAt !== null},"failure_balance_transaction":null,"failure_code":${worked ? 'null' : '"card_declined"'},"failure_message":${worked ? 'null' : '"The payment did not go through."'},"fraud_details":{},"livemode":false,"metadata":{},"on_behalf_of":null,"outcome":{${outcome}},"paid":${worked},"payment_intent":"pi_b${own}","payment_method":"pm_b${tail(customer)}","payment_method_details":{"type":"card","card":{"brand":"visa","country":"US","exp_month":8,"exp_year":2030,"funding":"credit","last4":"4242","network":"visa"}},"receipt_email":null,"receipt_number":null,"receipt_url":null,"refunded":${refunded > 0 && refunded === totalMinor},"review":null,"shipping":null,"source":null,"source_transfer":null,"statement_descriptor":null,"statement_descriptor_suffix":null,"status":"${worked ? 'succeeded' : 'failed'}","transfer_data":null,"transfer_group":null}`;
}

export function renderRefund(life: Life, invoice: Invoice): string {
  const { index, customer, currency } = life;
  const { seq, refund } = invoice;
  const charge = chargeSeq(seq, true);
  const movement = idOf('balance_transactions', index, movementSeq(seq, MOVEMENT.refund));
  return `{"id":"${idOf('refunds', index, charge)}","object":"refund","amount":${refund?.amountMinor ?? null},"balance_transaction":"${movement}","charge":"${idOf('charges', index, charge)}","created":${refund?.at ?? null},"currency":"${currency}","customer":"${customerId(customer)}","customer_account":null,"destination_details":{"card":{"type":"refund"},"type":"card"},"metadata":{},"payment_intent":"pi_b${seqTail(index, seq)}","payment_method":"pm_b${tail(customer)}","reason":"requested_by_customer","receipt_number":null,"source_transfer_reversal":null,"status":"succeeded","transfer_reversal":null}`;
}

export function renderDispute(life: Life, invoice: Invoice): string {
  const { index, currency } = life;
  const { seq, totalMinor } = invoice;
  const charge = chargeSeq(seq, true);
  const at = invoice.disputedAt ?? 0;
  return `{"id":"${idOf('disputes', index, charge)}","object":"dispute","amount":${totalMinor},"balance_transactions":[${renderMovement(life, invoice, MOVEMENT.dispute)}],"charge":"${idOf('charges', index, charge)}","created":${at},"currency":"${currency}","enhanced_eligibility_types":[],"evidence":{},"evidence_details":{"due_by":${at + 7 * DAY_SECONDS},"enhanced_eligibility":{},"has_evidence":true,"past_due":false,"submission_count":1,"submission_method":"manual"},"intended_submission_method":null,"is_charge_refundable":false,"livemode":false,"metadata":{},"payment_intent":"pi_b${seqTail(index, seq)}","reason":"fraudulent","status":"lost"}`;
}

/** A movement of the balance, in dollars. */
export function renderMovement(life: Life, invoice: Invoice, kind: number): string {
  const { index, currency } = life;
  const { seq, totalMinor, refund } = invoice;
  const cents = inCents(totalMinor, currency);
  const charged = kind === MOVEMENT.charge;
  const refunded = kind === MOVEMENT.refund;
  const amount = charged ? cents : -inCents(refunded ? (refund?.amountMinor ?? 0) : totalMinor, currency);
  const fee = charged ? Math.round(cents * 0.029) + 30 : refunded ? 0 : 1_500;
  const at = (charged ? invoice.paidAt : refunded ? refund?.at : invoice.disputedAt) ?? 0;
  const category = charged ? 'charge' : refunded ? 'refund' : 'dispute';
  const source = idOf(charged ? 'charges' : refunded ? 'refunds' : 'disputes', index, chargeSeq(seq, true));
  const rate = currency === 'usd' ? null : CENTS_PER_MINOR[currency] / (currency === 'jpy' ? 100 : 1);
  const details =
    fee === 0
      ? ''
      : `{"amount":${fee},"application":null,"currency":"usd","description":"Processing fees","type":"stripe_fee"}`;
  return `{"id":"${idOf('balance_transactions', index, movementSeq(seq, kind))}","object":"balance_transaction","amount":${amount},"available_on":${at + 2 * DAY_SECONDS},"balance_type":"payments","created":${at},"currency":"usd","description":null,"exchange_rate":${rate},"fee":${fee},"fee_details":[${details}],"net":${amount - fee},"reporting_category":"${category}","source":"${source}","status":"available","type":"${category === 'dispute' ? 'adjustment' : category}"}`;
}
