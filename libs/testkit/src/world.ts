import { World, type WorldOptions } from '@shouwen/engine/contract/world';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';

/** Services on the real embedded engine, with a clock that stands until it is moved. Close it at the end. */
export const openWorld = (options: Omit<WorldOptions, 'openEngine'>): Promise<World> =>
  World.open({
    openEngine: ({ directory, from }) => openEmbeddedEngine({ directory, training: { from } }),
    ...options,
  });

export { root, World } from '@shouwen/engine/contract/world';
