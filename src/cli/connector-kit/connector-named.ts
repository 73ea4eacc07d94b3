import { connectorById, connectors } from '../../../connectors/registry.ts';
import type { Connector } from '../../../connectors/sdk/index.ts';
import { nearNames } from '../../../connectors/sdk/index.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** By its id, or by the name of its folder. @throws CliError with the names that are near */
export function connectorNamed(name: string): Connector {
  const connector = connectorById(name) ?? connectorById(name.replaceAll('-', '_'));
  if (connector !== null) return connector;
  const near = nearNames(Object.keys(connectors), name);
  throw new CliError(`There is no connector "${name}"`, {
    exitCode: exitCodes.notFound,
    next:
      near.length > 0
        ? `Do you mean ${near.join(' or ')}?`
        : 'Make it with `npx tidemark connector new`, or see `npx tidemark connector list`.',
  });
}
