import { inspect } from 'node:util';

const METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

/**
 * Runs `work` and gives everything that was written to the console and to the process's streams meanwhile. What is written
 * goes where it always goes as well.
 */
export async function loggedDuring(work: () => Promise<void>): Promise<string> {
  const told: string[] = [];
  const undo = [
    ...METHODS.map((method) => listen(console, method, told)),
    listen(process.stdout, 'write', told),
    listen(process.stderr, 'write', told),
  ];
  try {
    await work();
  } finally {
    for (const stop of undo) stop();
  }
  return told.join('\n');
}

function listen<Name extends string>(
  on: Record<Name, (...args: never[]) => unknown>,
  name: Name,
  told: string[],
): () => void {
  const before = on[name];
  const heard = (...args: never[]): unknown => {
    told.push(args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg, { depth: 12 }))).join(' '));
    return before.apply(on, args);
  };
  on[name] = heard;
  return () => {
    on[name] = before;
  };
}
