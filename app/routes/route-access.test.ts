import type { LoaderFunction } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { areas } from '../security/areas.ts';
import { isPublicPath } from '../security/public-paths.ts';
import { aPerson, fakeContext } from '../server/services.fixture.ts';

type RouteModule = { readonly loader?: LoaderFunction; readonly action?: LoaderFunction };

const modules = import.meta.glob<RouteModule>(['./*.{ts,tsx}', '!./*.test.ts'], { eager: true });

/** Address of a route file, with a value for every parameter. */
function pathOf(file: string): string {
  const name = file.replace(/^\.\/|\.tsx?$/g, '');
  const parts = name
    .replaceAll('[.]', '\0')
    .split('.')
    .map((part) => part.replaceAll('\0', '.').replace(/_$/, ''));
  const path = parts
    .filter((part) => part !== '_index')
    .map((part) => part.replace(/^\((.*)\)$/, '$1').replace(/^\$.*/, '01900000-0000-7000-8000-000000000002'))
    .join('/');
  return `/${path}`;
}

function areaOfPath(path: string) {
  return areas.find((area) => path === area.path || path.startsWith(`${area.path}/`));
}

async function answerOf(run: LoaderFunction, method: string, path: string, roles: readonly string[]): Promise<number> {
  const body = method === 'POST' ? new URLSearchParams({ intent: 'x' }) : undefined;
  const request = new Request(`http://localhost${path}`, { method, body });
  const params = { caseId: path.split('/')[2], taskId: 'x', key: 'x', processId: 'x', name: 'x' };
  try {
    const answer: unknown = await run({ request, params, context: fakeContext(aPerson(roles)) });
    return answer instanceof Response ? answer.status : 200;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    throw thrown;
  }
}

const routes = Object.entries(modules).map(([file, module]) => ({ file, module, path: pathOf(file) }));

it('finds the routes', () => {
  expect(routes.map(({ path }) => path)).toContain('/inbox');
  expect(routes.length).toBeGreaterThan(15);
});

describe('pages open to visitors', () => {
  it('are these and no others', () => {
    expect(
      routes
        .map(({ path }) => path)
        .filter(isPublicPath)
        .sort(),
    ).toEqual(['/language', '/login', '/refused', '/signin-required', '/theme.css']);
  });
});

describe.each(routes.filter(({ path }) => areaOfPath(path)?.roles !== 'everybody' && areaOfPath(path)))(
  '$path',
  ({ module, path }) => {
    const roles = areaOfPath(path)?.roles ?? [];
    const stranger = ['imaging-nurse', 'social-worker'].find((role) => !roles.includes(role)) ?? '';

    it.runIf(module.loader)('shows nothing to somebody without its roles', async () => {
      expect(await answerOf(module.loader as LoaderFunction, 'GET', path, [stranger])).toBe(403);
    });

    it.runIf(module.action)('does nothing for somebody without its roles', async () => {
      expect(await answerOf(module.action as LoaderFunction, 'POST', path, [stranger])).toBe(403);
    });
  },
);
