import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the page that `src/api/server.ts` serves. Nothing is inlined: the server's content policy forbids it. */
export default defineConfig({
  root: path('./src/web'),
  plugins: [react(), tailwindcss()],
  build: {
    outDir: path('./dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4400' } },
});
