import { expect, it } from 'vitest';
import { formatEgressRule, parseEgressAllow } from '../../src/egress/index.ts';

it('reads hosts with ports and networks, and ignores blanks between commas', () => {
  const parsed = parseEgressAllow(
    ' Metrics.Corp.example:8443, 10.20.0.0/16,,[FD00::1]:8080, fd00:1234::/32 ',
  );
  expect(parsed).toEqual({
    ok: true,
    rules: [
      { kind: 'host', host: 'metrics.corp.example', port: 8443 },
      { kind: 'network', network: '10.20.0.0', prefixLength: 16 },
      { kind: 'host', host: '[fd00::1]', port: 8080 },
      { kind: 'network', network: 'fd00:1234::', prefixLength: 32 },
    ],
  });
});

it('section 10: opens nothing when the setting is empty', () => {
  expect(parseEgressAllow('')).toEqual({ ok: true, rules: [] });
});

it('logs a rule the way the operator wrote it', () => {
  const parsed = parseEgressAllow('10.20.0.0/16,grafana.internal:3000');
  expect(parsed.ok && parsed.rules.map(formatEgressRule)).toEqual(['10.20.0.0/16', 'grafana.internal:3000']);
});

it.each([
  { entry: 'grafana.internal', says: 'add the port' },
  { entry: '10.0.0.1', says: 'add a port' },
  { entry: '::1', says: 'add a port' },
  { entry: 'https://grafana.internal:3000', says: 'leave out the scheme' },
  { entry: '*.corp.example:443', says: 'wildcards are not supported' },
  { entry: 'grafana.internal:0', says: 'between 1 and 65535' },
  { entry: 'grafana.internal:70000', says: 'between 1 and 65535' },
  { entry: 'user@grafana.internal:80', says: 'not a host name' },
  { entry: '10.0.0.0/33', says: 'at most 32' },
  { entry: '10.0.0.5/8', says: 'starts at 10.0.0.0/8' },
  { entry: '0.0.0.0/0', says: 'open every address' },
  { entry: '::/0', says: 'open every address' },
  { entry: '::ffff:10.0.0.0/104', says: 'IPv4 form' },
  { entry: 'corp.example/24', says: 'expected a network' },
])('refuses "$entry" and says how to write it', ({ entry, says }) => {
  const parsed = parseEgressAllow(`10.0.0.0/8,${entry}`);
  expect(parsed.ok).toBe(false);
  if (parsed.ok) return;
  expect(parsed.problems).toHaveLength(1);
  expect(parsed.problems[0]).toContain(`"${entry}"`);
  expect(parsed.problems[0]).toContain(says);
});

it('lists every wrong entry at once', () => {
  const parsed = parseEgressAllow('grafana,10.0.0.5/8');
  expect(parsed.ok ? [] : parsed.problems).toHaveLength(2);
});
