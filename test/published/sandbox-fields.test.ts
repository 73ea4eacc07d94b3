import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { isThere, type PublishedObject, publishedNote, publishedObject } from './published.ts';

const lists: Record<string, string> = {
  balance_transaction: 'balance_transactions',
  charge: 'charges',
  coupon: 'coupons',
  customer: 'customers',
  event: 'events',
  invoice: 'invoices',
  price: 'prices',
  product: 'products',
  refund: 'refunds',
  subscription: 'subscriptions',
};

/** Fields of a published object that the sandbox does not serve, each with its reason. */
const notServed: Record<string, string[]> = {
  // Since API version 2022-11-15 a charge shows its refunds only where they are expanded.
  charge: ['refunds'],
  // Links to pages that the sandbox does not have; and a field of the release before, left over in the published one.
  invoice: ['hosted_invoice_url', 'invoice_pdf', 'subscription'],
};

describe.runIf(isThere)(`the sandbox${publishedNote}`, () => {
  let folder: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-published-'));
    sandbox = await startSandbox({ statePath: join(folder, 'state.json'), port: 0 });
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function served(path: string): Promise<PublishedObject[]> {
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const answer = await fetch(`${sandbox.url}/v1/${path}?limit=100`, { headers });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: PublishedObject[] }).data;
  }

  function missing(published: PublishedObject, objects: PublishedObject[]): string[] {
    expect(objects.length).toBeGreaterThan(0);
    return Object.keys(published).filter((field) => !objects.some((object) => field in object));
  }

  it.each(Object.entries(lists))('serves every field of a published %s', async (name, path) => {
    expect(missing(publishedObject(name), await served(path))).toEqual(notServed[name] ?? []);
  });

  it('serves every field of a published subscription_item', async () => {
    const items = (await served('subscriptions')).flatMap(
      (each) => (each['items'] as { data: PublishedObject[] }).data,
    );
    expect(missing(publishedObject('subscription_item'), items)).toEqual(
      notServed['subscription_item'] ?? [],
    );
  });
});
