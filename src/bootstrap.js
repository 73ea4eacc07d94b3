// Makes a fresh clone ready to run: checks Node, installs what is missing, builds what is out of date.
// Plain JavaScript for old versions of Node too, so that they can be told what they lack instead of failing to parse.
import { spawn } from 'child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['src', 'connectors', 'jobs', 'sandbox', 'prisma'];
const FILES = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'];

/** One sentence when this Node is too old, else null. */
export function nodeProblem(version, range) {
  const wanted = /(\d+)\.(\d+)/.exec(range);
  const have = /^v?(\d+)\.(\d+)/.exec(version);
  const major = Number(have[1]) - Number(wanted[1]);
  if (major > 0 || (major === 0 && Number(have[2]) >= Number(wanted[2]))) return null;
  return (
    'Tidemark needs Node.js ' +
    wanted[0] +
    ' or newer, and this is ' +
    version +
    '. Install a newer Node.js, then try again.'
  );
}

/** Ends the process with the sentence when Node is too old. */
export function checkNode() {
  const range = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
  const problem = nodeProblem(process.version, range);
  if (problem === null) return;
  process.stderr.write('error: ' + problem + '\n');
  process.exit(1);
}

/** Installs and builds whatever is missing or older than its sources. Everything it says goes to standard error. */
export async function prepare() {
  if (!isInstalled()) await install();
  if (!isBuilt()) await build();
}

function isInstalled() {
  const installed = mtime(join(root, 'node_modules', '.package-lock.json'));
  return installed !== 0 && installed >= mtime(join(root, 'package-lock.json')) - 1;
}

async function install() {
  // Under `npm run`, npm says where it is; alone, it is looked for on the path.
  const execpath = process.env.npm_execpath;
  const viaNode = execpath !== undefined && /\.c?js$/.test(execpath);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await step(
    'installing packages (once; about a minute)',
    viaNode ? process.execPath : 'npm',
    viaNode ? [execpath].concat(args) : args,
    'The packages could not be installed. Check that the npm registry can be reached and this folder can be written, then try again.',
  );
}

function isBuilt() {
  const stamp = mtime(join(root, 'dist', '.built'));
  if (stamp === 0) return false;
  if (FILES.some((name) => mtime(join(root, name)) > stamp)) return false;
  return SOURCES.every((name) => newest(join(root, name)) <= stamp);
}

function newest(folder) {
  let latest = mtime(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'generated') continue;
    const path = join(folder, entry.name);
    const time = entry.isDirectory() ? newest(path) : mtime(path);
    if (time > latest) latest = time;
  }
  return latest;
}

async function build() {
  const startedAt = Date.now();
  const bin = (name, file) => join(root, 'node_modules', name, file);
  const failed =
    'The build failed. If you have changed nothing, delete node_modules and dist, then try again.';
  const schema = join(root, 'prisma', 'schema.prisma');
  if (newestOr0(join(root, 'src', 'db', 'generated')) < mtime(schema)) {
    // Prisma's command looks for an engine that generating does not use; any existing file satisfies it.
    const env = Object.assign({}, process.env, {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    });
    await step(
      'generating the database client',
      process.execPath,
      [bin('prisma', 'build/index.js'), 'generate'],
      failed,
      env,
    );
  }
  await Promise.all([
    step(
      'compiling',
      process.execPath,
      [bin('@typescript/native', 'bin/tsc'), '-p', 'tsconfig.build.json'],
      failed,
    ),
    step(
      'building the page',
      process.execPath,
      [bin('vite', 'bin/vite.js'), 'build', '--logLevel', 'error'],
      failed,
      // Whatever the shell says (a test runner, a developer's habit): React for development is half as large again.
      Object.assign({}, process.env, { NODE_ENV: 'production' }),
    ),
  ]);
  mkdirSync(join(root, 'dist'), { recursive: true });
  // What changed while it was being built is newer than the stamp, and is built next time.
  writeFileSync(join(root, 'dist', '.built'), new Date(startedAt).toISOString());
}

function newestOr0(folder) {
  return existsSync(folder) ? mtime(join(folder, 'client.ts')) : 0;
}

function mtime(path) {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Runs one program; says what is going on, how long it took, and on failure everything that it printed. */
function step(title, command, args, failure, env) {
  const startedAt = Date.now();
  process.stderr.write('  … ' + title + '\n');
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1) + ' s';
  const beat = setInterval(
    () => process.stderr.write('  … ' + title + ': ' + seconds() + ' so far\n'),
    15000,
  );
  return new Promise((done) => {
    let output = '';
    const child = spawn(command, args, {
      cwd: root,
      env: env === undefined ? process.env : env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const end = (code) => {
      clearInterval(beat);
      if (code === 0) {
        process.stderr.write('  ✓ ' + title + ' ' + seconds() + '\n');
        done();
        return;
      }
      process.stderr.write(output + '\nerror: ' + failure + '\n');
      process.exit(1);
    };
    child.once('error', (error) => {
      output += error.message;
      end(1);
    });
    child.once('close', end);
  });
}
