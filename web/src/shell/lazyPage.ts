import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';

/** A page whose code is fetched when it is first opened. */
export function lazyPage(path: string, load: () => Promise<{ default: ComponentType }>): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).default }) };
}
