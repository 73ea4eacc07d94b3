import { connectors } from '../../connectors/registry.ts';
import { liveAccounts, notCheckedLines } from './accounts.ts';

/** Says what is not checked before anything is; without any account there is nothing to run. */
export default function setup(): void {
  try {
    const accounts = liveAccounts(connectors, process.env);
    if (accounts.found.length > 0) {
      for (const line of notCheckedLines(accounts)) process.stderr.write(`${line}\n`);
      return;
    }
    const variables = accounts.notChecked.flatMap(({ variables: names }) => names);
    const message = `No account was named, so nothing was checked: set ${variables.join(', ')}, or those of one provider.`;
    process.stderr.write(`${message}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  process.exit(1);
}
