import { ACME } from '../model/company.ts';
import { dayStart } from '../model/time.ts';
import type { SandboxState } from '../state.ts';
import { accountId } from './keys.ts';
import type { Wire } from './wire.ts';

const JAPANESE_PREFIXES = {
  statement_descriptor_prefix_kana: null,
  statement_descriptor_prefix_kanji: null,
};

/** The account itself; its display name says that this is sandbox data. */
export function renderAccount(state: SandboxState): Wire {
  const name = state.company?.name ?? ACME.name;
  return {
    id: accountId(state.seed),
    object: 'account',
    business_profile: {
      mcc: null,
      minority_owned_business_designation: null,
      name: `${name} (sandbox data)`,
      product_description: null,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: null,
    },
    business_type: 'company',
    capabilities: { card_payments: 'active', transfers: 'active', us_bank_account_ach_payments: 'active' },
    charges_enabled: true,
    country: state.company?.country ?? ACME.country,
    created: dayStart(state.anchorDay),
    default_currency: 'usd',
    details_submitted: true,
    email: 'owner@acme.example',
    metadata: {},
    payouts_enabled: true,
    settings: {
      branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
      card_payments: {
        decline_on: { avs_failure: false, cvc_failure: false },
        statement_descriptor_prefix: null,
        ...JAPANESE_PREFIXES,
      },
      dashboard: { display_name: `${name} (sandbox data)`, timezone: 'Etc/UTC' },
      payments: {
        statement_descriptor: 'ACME',
        statement_descriptor_kana: null,
        statement_descriptor_kanji: null,
        ...JAPANESE_PREFIXES,
      },
    },
    type: 'standard',
  };
}
