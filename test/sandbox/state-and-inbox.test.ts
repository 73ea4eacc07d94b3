import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { dumpFacts, readState, startSandbox, writeState } from '../../sandbox/index.ts';
import { ANCHOR_DAY, NOW, openSandbox, temporaryStatePath } from './support.ts';

const start = (statePath: string, port?: number) =>
  startSandbox({
    statePath,
    now: () => NOW,
    initial: { anchorDay: ANCHOR_DAY },
    ...(port === undefined ? {} : { port }),
  });

it('makes a state that only its owner may read, with a key of its own, and keeps key and port', async () => {
  const statePath = temporaryStatePath();
  const first = await start(statePath);
  expect(statSync(statePath).mode & 0o777).toBe(0o600);
  expect(first.apiKey).toMatch(/^rk_test_[0-9a-f]{48}$/);
  await first.close();
  const second = await start(statePath);
  expect([second.apiKey, second.port]).toEqual([first.apiKey, first.port]);
  await second.close();
  const other = await openSandbox();
  expect(other.apiKey).not.toBe(first.apiKey);
  await other.close();
});

it('starts from a state that names only a company, and gives it a key', async () => {
  const statePath = temporaryStatePath();
  writeState(statePath, { v: 1, seed: 3, anchorDay: ANCHOR_DAY } as never);
  const sandbox = await start(statePath, 0);
  expect(sandbox.apiKey).toMatch(/^rk_test_[0-9a-f]{48}$/);
  expect(readState(statePath)).toMatchObject({ seed: 3, apiKey: sandbox.apiKey, faults: { stripe: null } });
  await sandbox.close();
});

it('takes another port when its own is taken, and remembers it', async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const taken = (squatter.address() as AddressInfo).port;
  const statePath = temporaryStatePath();
  const sandbox = await startSandbox({
    statePath,
    now: () => NOW,
    initial: { anchorDay: ANCHOR_DAY, preferredPort: taken },
  });
  expect(sandbox.port).not.toBe(taken);
  expect(readState(statePath)?.preferredPort).toBe(sandbox.port);
  await sandbox.close();
  squatter.close();
});

it('refuses a file that is no sandbox state', () => {
  const statePath = temporaryStatePath();
  writeState(statePath, { v: 2 } as never);
  expect(() => readState(statePath)).toThrow(/not a sandbox state/);
});

it('receives webhooks and Slack messages and shows the newest first, also after a restart', async () => {
  const statePath = temporaryStatePath();
  const sandbox = await start(statePath, 0);
  const body = '{"type":"alert.firing","näme":"Umsatz"}';
  const headers = {
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1795176000',
    'webhook-signature': 'v1,abc',
    authorization: 'Bearer secret',
  };
  const webhook = await fetch(`${sandbox.url}/inbox/webhook`, { method: 'POST', headers, body });
  expect(webhook.status).toBe(204);
  const slack = await fetch(`${sandbox.url}/inbox/slack`, { method: 'POST', body: '{"text":"hi"}' });
  expect([slack.status, await slack.text()]).toEqual([200, 'ok']);

  const listed = (await (await fetch(`${sandbox.url}/inbox`)).json()) as {
    sandbox: boolean;
    messages: object[];
  };
  const { authorization: _secret, ...kept } = headers;
  expect(listed.sandbox).toBe(true);
  expect(listed.messages).toMatchObject([
    { channel: 'slack', body: '{"text":"hi"}' },
    { channel: 'webhook', body, headers: kept, receivedAt: NOW.toISOString() },
  ]);
  expect(readFileSync(join(dirname(statePath), 'inbox.jsonl'), 'utf8')).not.toContain('secret');
  await sandbox.close();
  const again = await start(statePath, 0);
  expect(again.inbox()).toHaveLength(2);
  await again.close();
});

it('takes no message above 256 KiB, and nothing by GET', async () => {
  const sandbox = await openSandbox();
  const most = await fetch(`${sandbox.url}/inbox/slack`, { method: 'POST', body: 'x'.repeat(256 * 1024) });
  expect(most.status).toBe(200);
  const outcome = await fetch(`${sandbox.url}/inbox/slack`, {
    method: 'POST',
    body: 'x'.repeat(256 * 1024 + 1),
  }).then(
    ({ status }) => status,
    () => 413, // hung up on before the answer could be read
  );
  expect(outcome).toBe(413);
  expect(sandbox.inbox()).toHaveLength(1);
  expect((await fetch(`${sandbox.url}/inbox/webhook`)).status).toBe(405);
  await sandbox.close();
});

it('dumps its facts as labelled JSON lines that say how many follow', async () => {
  const sandbox = await openSandbox();
  let text = '';
  dumpFacts(sandbox.model(), NOW, (line) => {
    text += line;
  });
  const [head, ...facts] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { at: number });
  expect(head).toMatchObject({ sandbox: true, company: 'Acme', seed: 42, facts: facts.length });
  expect(facts).toEqual(sandbox.model().facts);
  await sandbox.close();
});

it('says at its door that it is a sandbox', async () => {
  const sandbox = await openSandbox();
  expect(await (await fetch(sandbox.url)).json()).toMatchObject({ sandbox: true });
  const lost = await fetch(`${sandbox.url}/nowhere`);
  expect(lost.status).toBe(404);
  await sandbox.close();
});

it('imports nothing but Node and itself', async () => {
  const { readdirSync } = await import('node:fs');
  const root = new URL('../../sandbox/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(40);
  for (const name of files) {
    const source = readFileSync(new URL(name, root), 'utf8');
    for (const [, from] of source.matchAll(/from '([^']+)'/g)) {
      const inside = from?.startsWith('.') && !new URL(from, new URL(name, root)).href.startsWith(root.href);
      expect(from?.startsWith('node:') || (from?.startsWith('.') && !inside), `${name} imports ${from}`).toBe(
        true,
      );
    }
  }
});
