import type { ServerBuild } from '@remix-run/node';
import type { RequestHandler } from 'express';

/** The pages to serve: the production build, or what the development server builds on the fly. */
export type Pages = { readonly build: () => Promise<ServerBuild>; readonly development?: RequestHandler };

/** @param url file URL of the production build */
export function loadProductionBuild(url: string): Pages {
  const loaded: Promise<ServerBuild> = import(url);
  return { build: () => loaded };
}

/** Vite in middleware mode: pages are rebuilt when their files change. */
export async function loadDevelopmentServer(): Promise<Pages> {
  const { createServer } = await import('vite');
  const vite = await createServer({ server: { middlewareMode: true } });
  return {
    development: vite.middlewares,
    build: async () => {
      const build: unknown = await vite.ssrLoadModule('virtual:remix/server-build');
      if (!isServerBuild(build)) throw new Error('Expected the development server to build the pages, but it did not.');
      return build;
    },
  };
}

function isServerBuild(value: unknown): value is ServerBuild {
  return typeof value === 'object' && value !== null && 'routes' in value && 'entry' in value;
}
