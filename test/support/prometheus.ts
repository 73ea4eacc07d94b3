import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TestPrometheus = { url: URL; stop(): Promise<void> };

/** Whether `prometheus` and `promtool` are installed (Debian's package of that name). Without them these tests do not run. */
export const hasPrometheus = ['prometheus', 'promtool'].every(
  (command) => spawnSync(command, ['--version']).status === 0,
);
export const prometheusNote = hasPrometheus ? '' : ' (did not run: prometheus is not installed)';

/** A real Prometheus of the test's own on a free port, filled with samples in the OpenMetrics format. */
export async function startPrometheus(openMetrics: string): Promise<TestPrometheus> {
  const dir = mkdtempSync(join(tmpdir(), 'tidemark-prometheus-'));
  const [metrics, config, data] = ['metrics.txt', 'prometheus.yml', 'data'].map((name) => join(dir, name));
  writeFileSync(metrics ?? '', openMetrics);
  writeFileSync(config ?? '', 'global: {}\n');
  const filled = spawnSync('promtool', [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    metrics ?? '',
    data ?? '',
  ]);
  if (filled.status !== 0) throw new Error(`promtool: ${String(filled.stderr)}`);
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await ready(child);
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    async stop() {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** It says when it takes requests. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('Server is ready to receive web requests')) done();
    });
    child.once('exit', () => fail(new Error(`prometheus ended: ${log.slice(-500)}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
