import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startTestServer, type TestServer } from '../api/support/server.ts';
import { fakeIo } from './support/fake-io.ts';

/** The commands against the real API, as somebody types them at the end of a quarter. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function tidemark(line: string, env: Record<string, string> = {}) {
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const io = fakeIo({ env: { TIDEMARK_URL: server.api.url, TIDEMARK_TOKEN: server.api.localToken, ...env } });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}
async function done(line: string, env: Record<string, string> = {}): Promise<string> {
  const { code, err, out } = await tidemark(line, env);
  expect(code, `${line}\n${err}`).toBe(0);
  return out;
}

it('leads from objectives through hints to a scorecard and into the next quarter', async () => {
  await done('cycle add q1 --start 2020-01-01 --end 2020-04-01');
  await done('cycle add q2 --start 2020-04-01 --end 2020-07-01');
  await done('objective add company --title "Make growth repeatable" --cycle q1');
  await done(
    'objective add ship --title "Ship the referral programme" --cycle q1 --parent company --phase growth',
  );
  await done(
    'kr add launch --objective ship --title "Launch it" --goal milestone --steps "Design, Build" --unit count',
  );
  expect(await done('objective set ship --stage referral --weight 2')).toContain('Objective ship is changed');

  const hints = await done('hints --cycle q1');
  expect(hints).toContain('“Launch it” is work that gets done.');
  expect(hints).toContain('The earliest stage worked on is Referral.');
  expect(await done('hints --cycle q1', { TIDEMARK_LANG: 'zh-CN' })).toContain('最早推进的阶段是推荐');

  const shown = await done('objective show ship');
  expect(shown).toContain('Referral · Growth');
  expect(shown).toContain('(1 × 0) ÷ (1) = 0');
  expect(shown).toContain('Below the start counts 0, beyond the target counts 1.');
  expect(await done('status --cycle q1 --group phase')).toMatch(/Growth\n.*Ship the referral programme/);

  const scorecard = await done('cycle close q1');
  expect(scorecard).toContain('Scorecard · q1  0 of 1 achieved');
  expect(scorecard).toMatch(/Launch it +0 +2 +0 % +■ Missed/);
  expect(await done('cycle scorecard q1')).toBe(scorecard);
  expect(await done('cycle carry-over q1 --to q2')).toBe('launch → launch.q2\n');
  expect(await done('cycle carry-over q1 --to q2')).toBe('launch: goes on there already\n');
  expect(JSON.parse(await done('cycle scorecard q1 --json'))).toMatchObject({
    keyResults: [{ status: 'missed' }],
  });
});

it('says what stands in the way, and what to do', async () => {
  await done('kr add blind --objective ship.q2 --title Users --goal reach --from 1 --to 5 --unit count');
  const open = await tidemark('cycle close q2');
  expect(open.code).not.toBe(0);
  expect(open.err).toContain('have no final verdict yet: blind.');
  expect(open.err).toContain('--as-is');
  const loop = await tidemark('objective set ship.q2 --parent ship.q2');
  expect(loop.err).toContain('cannot be the parent');
  const word = await tidemark('objective set ship.q2 --phase puberty');
  expect(word.err).toContain('There is no phase "puberty".');
  expect(word.err).toContain('discovery, validation, build, launch, growth, maturity');
  expect((await tidemark('cycle scorecard q2')).err).toContain('tidemark cycle close q2');
});
