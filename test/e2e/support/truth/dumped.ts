import { dumpLines, type Sandbox } from '../../../../sandbox/index.ts';

/** The raw events of the company by now, as `sandbox dump` writes them. */
export function dumped(sandbox: Sandbox): Generator<string> {
  return dumpLines(sandbox.model(), sandbox.now());
}
