import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';
import { documentsInPlace } from './documents';
import { enumerations } from './enumerations';
import { countryOutline } from './outline';

// One HTML file a page; everything else gets a hashed name under /assets, so that browsers may keep it for good.
export default defineConfig({
  base: '/',
  // Beside each file of text its best compression, which the server hands out as it is.
  plugins: [documentsInPlace(), react(), countryOutline(), enumerations(), compression({ include: /assets\/.*\.(js|css|svg)$/, threshold: 1400, algorithms: [defineAlgorithm('gzip', { level: 9 })] })],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: { app: 'app.html', playground: 'playground.html' },
      onLog(level, log, report) {
        // A hint for the React compiler, which has already run over the libraries that carry it.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
    // The code editor is one large chunk, loaded after the page has drawn itself.
    chunkSizeWarningLimit: 4096,
    // Nothing may be inlined as a data: URL: fonts and images are files of our own origin.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // For work on the page itself: `taawun serve` answers the queries.
  server: { port: 5173, strictPort: true, proxy: { '/graphql': 'http://127.0.0.1:8080', '/auth': 'http://127.0.0.1:8080' } },
});
