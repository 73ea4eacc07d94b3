import type { Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import type { Client } from '../../../src/api/client.ts';
import type { Schema } from '../../../src/api/client-types.ts';
import { startMailServer } from '../../notifications/mail-server.ts';
import { startReceiver } from '../../notifications/receiver.ts';

export type Mails = Awaited<ReturnType<typeof startMailServer>>;
export type Hook = Awaited<ReturnType<typeof startReceiver>>;

/** A real mail server and a real receiver of webhooks on loopback, which the stack may reach. */
export function outsideWorld() {
  let mails: Mails | null = null;
  let hook: Hook | null = null;
  let status = 200;
  const there = <Thing>(thing: Thing | null): Thing => {
    if (thing === null) throw new Error('the world outside has not been started');
    return thing;
  };
  afterAll(async () => {
    await mails?.close();
    await hook?.close();
  });
  return {
    mails: () => there(mails),
    hook: () => there(hook),
    /** What the receiver says from now on. */
    answer: (next: number) => {
      status = next;
    },
    async start(): Promise<Record<string, string>> {
      mails = await startMailServer({ hideSTARTTLS: true });
      hook = await startReceiver((_, response) => response.writeHead(status).end());
      return { TIDEMARK_EGRESS_ALLOW: `127.0.0.1:${mails.port},${hook.host}` };
    },
  };
}

/** Told of everything as it happens, whatever the hour and the day of the test. */
export const AT_ONCE: Schema<'ChangeSettings'> = {
  quietHours: null,
  workingDays: [1, 2, 3, 4, 5, 6, 7],
  digest: null,
  immediatePerDay: null,
  groupWaitMinutes: 0,
  groupIntervalMinutes: 0,
};

/**
 * "Reach 100 from 0" of a number that is sent in, more than half of the cycle gone: at 1 it is off track, at 95 ahead. One
 * evaluated day of either is enough for the demo's rule.
 */
export async function keyResultToWatch(client: Client, key: string, title: string, owner: string) {
  await client.call('createValuesMetric', {
    body: { key, kind: 'stock', unit: 'count', timeZone: 'UTC', staleAfterDays: 30 },
  });
  await client.call('createKeyResult', {
    body: {
      key,
      title,
      owner,
      objective: 'revenue',
      metric: key,
      goal: { kind: 'reach', startValue: 0, targetValue: 100 },
    },
  });
  const send = (daysAgo: number, value: number) =>
    client.call('pushValues', {
      params: { id: key },
      body: {
        values: [{ day: new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10), value }],
      },
    });
  return { breach: () => send(3, 1), recover: () => send(2, 95) };
}

/** The newest alert about a Key Result; null when there is none. */
export async function alertOn(client: Client, keyResult: string) {
  return (await client.call('listAlerts', { query: { keyResult } })).data[0] ?? null;
}

/** A member who has chosen a password and is signed in, in this page. */
export async function signInAs(page: Page, client: Client, name: string, role: 'viewer' | 'editor') {
  const email = `${name.toLowerCase()}@acme.test`;
  const { invitationUrl } = await client.call('addMember', { body: { email, name, role } });
  await page.goto(invitationUrl ?? '');
  for (const field of ['password', 'again'])
    await page.locator(`[name=${field}]`).fill('correct horse battery staple');
  await page.locator('main form button[type=submit]').click();
  await page.locator('[data-row-link]').first().waitFor();
}

export async function eventually<Value>(read: () => Promise<Value>, wanted: (value: Value) => boolean) {
  await expect.poll(async () => wanted(await read()), { timeout: 30_000, interval: 250 }).toBe(true);
}
