import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import type pg from 'pg';

/**
 * Prisma's schema engine without its download: the WebAssembly build, instantiated by hand, because the package's
 * own entry imports the `.wasm` as a module, which Node 20 does not do. `onScriptError` hears what the database said
 * of a script; the engine's own error may hide it.
 */
export async function openSchemaEngine(
  pool: pg.Pool,
  datamodels: [string, string][],
  onScriptError: (error: Error) => void = () => {},
): Promise<SchemaEngine> {
  const bindings = await (engine ??= instantiateEngine());
  // A panic reports here before it throws; without the object the report itself fails and hides the reason.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => process.stderr.write(`${text}\n`) },
  });
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg(pool), pool, onScriptError));
  const Engine = bindings.SchemaEngine as unknown as {
    new: (
      options: { datamodels: [string, string][] },
      log: (line: string) => void,
      adapter: unknown,
    ) => Promise<SchemaEngine>;
  };
  return Engine.new({ datamodels }, () => {}, adapter);
}

type Bindings = typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: unknown): void };

/** One instance a process: the bindings remember views of its memory, which a second one would not renew. */
let engine: Promise<Bindings> | undefined;

async function instantiateEngine(): Promise<Bindings> {
  const require = createRequire(import.meta.url);
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Bindings;
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const instance = instantiate(readFileSync(file), { './schema_engine_bg.js': withQuietTimers(bindings) });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/**
 * The adapter cuts a script at every semicolon, also inside a function's body. PostgreSQL itself knows where a
 * statement ends, so the script goes to it in one piece.
 */
function wholeScripts(factory: PrismaPg, pool: pg.Pool, onError: (error: Error) => void): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script: string) => {
      await pool.query(script).catch((error: Error) => {
        onError(error);
        throw error;
      });
    };
    return adapter;
  };
  return factory;
}

/** The engine sets time limits that it never clears; they must not keep the process alive for ten seconds. */
function withQuietTimers(bindings: object): object {
  const timers = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const quiet = (callback: () => void, ms: number): NodeJS.Timeout => setTimeout(callback, ms >>> 0).unref();
  return { ...bindings, ...Object.fromEntries(timers.map((name) => [name, quiet])) };
}

/** Node's types for version 20 leave WebAssembly out; this names the two constructors that are used. */
function instantiate(bytes: Uint8Array, imports: object): { exports: Record<string, unknown> } {
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
    };
  };
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
}

/** Prisma's own shape for a folder of migrations. */
export function migrationList(folder: string, names: string[]): MigrationList {
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}
