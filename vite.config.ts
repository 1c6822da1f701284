import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

// Large libraries that load late would make Vite optimise again in the middle of a visit, with two copies of React.
const lateLibraries = [
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  '@remix-run/react',
  'antd',
  '@ant-design/icons',
  '@rjsf/core',
  '@rjsf/antd',
  '@rjsf/utils',
  'bpmn-js/lib/NavigatedViewer',
];

export default defineConfig({
  plugins: process.env.VITEST
    ? []
    : [
        remix({
          appDirectory: 'app',
          buildDirectory: 'app/build',
          future: {
            v3_fetcherPersist: true,
            v3_relativeSplatPath: true,
            v3_throwAbortReason: true,
            v3_singleFetch: true,
            v3_lazyRouteDiscovery: true,
            v3_routeConfig: true,
          },
        }),
      ],
  publicDir: 'app/public',
  resolve: { dedupe: ['react', 'react-dom'] },
  optimizeDeps: { include: lateLibraries },
  build: {
    // The oldest browser served is the last one on Windows 7, still found in wards.
    target: 'chrome109',
    cssTarget: 'chrome109',
    chunkSizeWarningLimit: 2500,
  },
});
