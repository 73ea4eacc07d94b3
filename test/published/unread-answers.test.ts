import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countsByDay } from '../../connectors/mixpanel/period-counts.ts';
import { readProfiles } from '../../connectors/mixpanel/profiles.ts';
import {
  funnelSchema,
  namesSchema,
  retentionSchema,
  saidSchema,
  seriesSchema,
} from '../../connectors/mixpanel/schema.ts';
import { couponSchema, priceSchema } from '../../connectors/stripe/mirror/catalog-schema.ts';
import {
  customerSchema,
  itemSchema,
  subscriptionSchema,
} from '../../connectors/stripe/mirror/customer-schema.ts';
import { invoiceSchema, lineSchema } from '../../connectors/stripe/mirror/invoice-schema.ts';
import { chargeSchema, refundSchema } from '../../connectors/stripe/mirror/money-schema.ts';
import { isThere, publishedEvents, publishedFolder, publishedNote, publishedObject } from './published.ts';

const mixpanel = join(publishedFolder, '..', '..', 'mixpanel', 'published');
const isMixpanelThere = existsSync(mixpanel);
const answer = (name: string): unknown => JSON.parse(readFileSync(join(mixpanel, name), 'utf8'));

describe.runIf(isMixpanelThere)('answers of Mixpanel that no metric is made of', () => {
  it.each([
    // 4 is a number there.
    { name: 'openapi_engage.json', ids: ['4'] },
    {
      name: 'airbyte_engage.json',
      ids: ['9d35cd7f-3f06-4549-91bf-198ee58bb58a', 'cd9d357f-3f06-4549-91bf-158bb598ee8a'],
    },
  ])('$name is a page of profiles, and the last as it is not full', async ({ name, ids }) => {
    const profiles = await readProfiles(async () => answer(name), {}, new AbortController().signal);
    expect(profiles.map(({ distinctId }) => distinctId)).toEqual(ids);
    expect(profiles.every(({ properties }) => '$email' in properties)).toBe(true);
  });

  it.each([
    'openapi_funnels_list.json',
    'openapi_cohorts_list.json',
    'openapi_events_properties_values.json',
    'mixpanel_data_segmentation_average.json',
  ])('%s is never taken for counts, funnels or cohorts', (name) => {
    for (const schema of [seriesSchema, funnelSchema, retentionSchema]) {
      expect(schema.safeParse(answer(name)).success).toBe(false);
    }
  });

  it('openapi_events_properties_values.json looks like names, and none of them is an event’s', () => {
    expect(namesSchema.parse(answer('openapi_events_properties_values.json'))).toEqual([
      'cat',
      'dog',
      'rabbit',
      'gecko',
    ]);
  });

  it('openapi_events_properties.json has the shape of counts, and is refused for names nobody asked for', () => {
    const counts = seriesSchema.parse(answer('openapi_events_properties.json'));
    expect(() => countsByDay(counts, 'Signed up', ['Signed up'], ['2010-05-29'])).toThrow(
      expect.objectContaining({ errorClass: 'schema_drift', code: '/data/values' }),
    );
  });

  it('openapi_import_200.json is no error, and no counts either', () => {
    for (const schema of [saidSchema, seriesSchema, funnelSchema, retentionSchema]) {
      expect(schema.safeParse(answer('openapi_import_200.json')).success).toBe(false);
    }
  });
});

/** What numbers are made of. A dispute is left out: Stripe publishes none, and it needs little more than an amount. */
const numbers = {
  charge: chargeSchema,
  coupon: couponSchema,
  invoice: invoiceSchema,
  line_item: lineSchema,
  price: priceSchema,
  refund: refundSchema,
  subscription: subscriptionSchema,
  subscription_item: itemSchema,
};
const takenFor = (object: unknown) =>
  Object.entries(numbers).flatMap(([name, schema]) => (schema.safeParse(object).success ? [name] : []));

const objects = [
  'balance',
  'balance_transaction',
  'billing.meter',
  'credit_note',
  'credit_note_line_item',
  'event',
  'invoiceitem',
  'payment_intent',
  'plan',
  'product',
  'promotion_code',
  'reporting.report_run',
  'reporting.report_type',
  'test_helpers.test_clock',
  'webhook_endpoint',
];
const eventKinds = ['product', 'plan', 'payment_intent', 'subscription_schedule', 'checkout.session'];

describe.runIf(isThere)(`objects of Stripe that no number is made of${publishedNote}`, () => {
  it.each(objects)('a published %s is never taken for one that counts', (name) => {
    expect(publishedObject(name)['object']).toBe(name);
    expect(takenFor(publishedObject(name))).toEqual([]);
  });

  it.each(eventKinds)('a %s of an old webhook is never taken for one that counts', (kind) => {
    const found = publishedEvents().filter(({ object }) => object['object'] === kind);
    expect(found.length).toBeGreaterThan(0);
    for (const { object } of found) expect(takenFor(object)).toEqual([]);
  });

  it('a customer of an old webhook is the customer that it was', () => {
    const found = publishedEvents().filter(({ object }) => object['object'] === 'customer');
    expect(found.length).toBeGreaterThan(0);
    for (const { object } of found) expect(customerSchema.parse(object).id).toBe(object['id']);
  });
});
