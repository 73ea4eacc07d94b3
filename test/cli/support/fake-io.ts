import { Interrupted, type Io } from '../../../src/cli/io.ts';

export type FakeIo = Io & {
  out(): string;
  err(): string;
  interrupt(): void;
  /** Every wait that was asked for, in milliseconds; none of them takes time. */
  waits: number[];
};

/** A terminal, or the absence of one, whose clock moves only when somebody waits. */
export function fakeIo(given: Partial<Io> & { input?: string; answers?: (string | null)[] } = {}): FakeIo {
  const { input = '', answers = [], ...overrides } = given;
  let out = '';
  let err = '';
  let now = Date.parse('2026-08-16T12:00:00.000Z');
  const controller = new AbortController();
  const waits: number[] = [];
  return {
    stdout: { write: (text) => void (out += text) },
    stderr: { write: (text) => void (err += text) },
    stdin: (async function* () {
      yield input;
    })(),
    env: { LANG: 'en_US.UTF-8' },
    stdinIsTty: false,
    stdoutIsTty: false,
    stderrIsTty: false,
    columns: null,
    interrupted: controller.signal,
    now: () => new Date(now),
    askSecret: async () => answers.shift() ?? null,
    askText: async () => answers.shift() ?? null,
    choose: async () => answers.shift() ?? null,
    wait: async (ms, signal) => {
      if (signal.aborted) throw signal.reason;
      waits.push(ms);
      now += ms;
    },
    out: () => out,
    err: () => err,
    interrupt: () => controller.abort(new Interrupted('SIGINT')),
    waits,
    ...overrides,
  };
}
