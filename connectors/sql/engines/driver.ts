import { ConnectorError } from '../../sdk/index.ts';

/** Drivers that not everybody needs: installed by whoever does, and loaded when they are first used. */

/** The versions that the tests run with. */
const VERSIONS = { mysql2: '3.24.6', '@duckdb/node-api': '1.5.5-r.5' } as const;

/** @throws ConnectorError that says which package to install, and how */
export async function loadDriver<T>(name: keyof typeof VERSIONS, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const hint = `Let whoever runs Tidemark install it in its folder and start it again: npm install --no-save --ignore-scripts ${name}@${VERSIONS[name]}`;
    const machine = `${process.platform} ${process.arch}`;
    throw new ConnectorError(
      `The package ${name} is not installed here, or has no build for ${machine}. ${hint}`,
      {
        errorClass: 'config',
        code: 'no_driver',
        remedy: { by: 'owner', hint },
        cause,
      },
    );
  }
}
