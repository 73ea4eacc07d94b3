import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Leaves each script and style sheet compressed beside itself, so that the server need not do it for every reader. */
function compressedBeside(): Plugin {
  return {
    name: 'compressed-beside',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets');
      for (const name of readdirSync(assets).filter((each) => /\.(js|css)$/.test(each)))
        writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
    },
  };
}

/** Builds the page that `src/api/server.ts` serves. Nothing is inlined: the server's content policy forbids it. */
export default defineConfig({
  root: path('./src/web'),
  plugins: [react(), tailwindcss(), compressedBeside()],
  build: {
    outDir: path('./dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      // Words and arithmetic do nothing by being loaded: what is not used of them stays out, the other language first of all.
      treeshake: { moduleSideEffects: (id) => !/\/src\/(i18n|domain|chart)\//.test(id) },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4400' } },
});
