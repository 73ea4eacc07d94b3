import type { StripeProxy } from '../../support/stripe-proxy.ts';
import type { Driver } from './driver.ts';

const usd = { currency: 'usd' };
const list = { object: 'list', has_more: false, url: '/v1/x' };
const problem = (message: string) => ({ error: { type: 'invalid_request_error', message } });

/** What a provider can do wrong, and how every operation that asks one calls it. */
const TROUBLES = {
  source_transient: () => ({ status: 500, body: problem('no') }),
  source_rate_limited: () => ({ status: 429, body: problem('slow down') }),
  source_auth: () => ({ status: 401, body: problem('no such key') }),
  source_config: () => ({ status: 404, body: problem('no such thing') }),
  source_bad_payload: () => ({ cutOff: true as const }),
  source_schema_drift: () => ({ status: 200, body: { ...list, data: 'none' } }),
  source_too_large: () => ({ status: 200, body: { ...list, data: ['x'.repeat(40_000_000)] } }),
};

/** `shop` is reached through the proxy. What works again afterwards is read back. */
export async function sources({ done, refused }: Driver, proxy: StripeProxy): Promise<void> {
  const preview = { connection: 'shop', metric: 'net_revenue', params: usd, days: 5 };
  const draft = { connectorId: 'stripe', endpoint: proxy.url, config: { apiKey: 'rk_test_notsaved' } };
  for (const [code, doctor] of Object.entries(TROUBLES)) {
    proxy.doctor(doctor);
    await refused('checkConnection', 502, code, { id: 'shop' });
    await refused('checkChange', 502, code, { id: 'shop', body: {} });
    await refused('checkDraft', 502, code, { body: draft });
    await refused('previewMetric', 502, code, { body: preview });
    await refused('previewMeasurement', 502, code, {
      id: 'net_revenue',
      body: { connection: 'shop', params: usd },
    });
    // Of what is collected already nobody would be asked.
    await refused('previewBinding', 502, code, {
      id: 'k-un',
      body: { source: { kind: 'connector', connection: 'shop', metric: 'refunds', params: usd } },
    });
  }
  proxy.doctor(() => null);
  await done('checkConnection', { id: 'shop' });
}
