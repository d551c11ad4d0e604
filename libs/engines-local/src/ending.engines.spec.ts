import { existsSync } from 'node:fs';
import { parentThatIsKilled } from '../test/killed-parent.js';
import { LocalPlace } from './local-place.js';
import { ownMongo } from './mongo.js';
import { isFree } from './ports.js';
import { until } from './until.js';

describe('servers end', () => {
  it('with the process that started them, also where that is killed', async () => {
    process.env['SHOUWEN_PLACE'] = 'local';
    const { origin, folder, isGone } = await parentThatIsKilled();
    expect(origin).toBe('local');
    expect(await isGone()).toBe(true);
    expect(await until('its folder is gone', async () => !existsSync(folder))).toBe(true);
  });

  it('when they are told to, and take their files along', async () => {
    const set = await ownMongo({ places: ['local'] });
    const port = Number(set.members[0]!.address.split(':')[1]);
    expect([await isFree(port), existsSync(set.folder)]).toEqual([false, true]);
    await set.end();
    expect([await isFree(port), existsSync(set.folder)]).toEqual([true, false]);
  });

  it('also where one could not start, and it is said why', async () => {
    const place = new LocalPlace();
    await expect(place.run(['sh', '-c', 'echo it hurts >&2; exit 3'])).rejects.toThrow('it hurts');
    const running = await place.start(['sh', '-c', 'echo no room; exit 1'], 'a.log');
    await until('it has ended', async () => !(await running.isAlive()));
    expect(await place.tail('a.log')).toBe('no room');
    await expect(place.start(['/no/such/program'], 'b.log')).rejects.toThrow('ENOENT');
    await place.end();
    expect(existsSync(place.folder)).toBe(false);
  });
});
