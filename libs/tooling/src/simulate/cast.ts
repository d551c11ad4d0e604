import { createHmac } from 'node:crypto';
import type { Platform } from '../import/platform.js';
import { refusalOf } from '../import/platform.js';
import { idempotencyKey } from '../import/key.js';
import type { Dice } from './dice.js';
import type { Player } from './matter.js';

interface StaffRecord {
  readonly staff: string;
  readonly unit: string;
  readonly grants: readonly { readonly role: string; readonly unit: string }[];
  readonly isActive: boolean;
}

const SEATS = { desk: 'call-taker', quality: 'quality-inspector' } as const;
const EVERYWHERE = '/';

/**
 * The people of the platform, played under their own staff numbers, so that every act stands in the log under whoever
 * would have done it. Each is given a password the first time they are needed.
 */
export class Cast {
  readonly #platform: Platform;
  readonly #secret: string;
  readonly #staff: readonly StaffRecord[];
  readonly #ready = new Map<string, Promise<void>>();

  private constructor(platform: Platform, secret: string, staff: readonly StaffRecord[]) {
    this.#platform = platform;
    this.#secret = secret;
    this.#staff = staff;
  }

  static async of(platform: Platform, secret: string): Promise<Cast> {
    const staff = await platform.list<StaffRecord>('/dispatch/staff');
    const active = staff
      .filter(({ isActive }) => isActive)
      // The administrator has every role; nobody would believe a night shift of one.
      .filter(({ unit }) => unit !== EVERYWHERE)
      .sort((a, b) => (a.staff < b.staff ? -1 : 1));
    return new Cast(platform, secret, active);
  }

  /** Crews below a unit that somebody belongs to. */
  crewsOf(unit: string): readonly string[] {
    const crews = this.#staff.flatMap(({ grants }) =>
      grants.filter(
        (grant) => grant.role === 'crew' && grant.unit !== unit && isBelow(grant.unit, unit),
      ),
    );
    return [...new Set(crews.map((grant) => grant.unit))].sort();
  }

  /** The staff number that plays it, able to sign in. */
  async play(player: Player, dice: Dice): Promise<string> {
    const [role, unit] = 'seat' in player ? [SEATS[player.seat], null] : [player.role, player.unit];
    const able = this.#staff.filter(({ grants }) =>
      grants.some((grant) => grant.role === role && (unit === null || isBelow(unit, grant.unit))),
    );
    const others = able.filter((one) => !('butNot' in player) || one.staff !== player.butNot);
    const near = closest(others.length ? others : able, role);
    if (!near.length) throw new Error(`nobody has the role ${role}${unit ? ` for ${unit}` : ''}`);
    const { staff } = dice.pick(`by/${role}`, near);
    const known = this.#ready.get(staff) ?? this.#prepare(staff);
    this.#ready.set(staff, known);
    await known;
    return staff;
  }

  async #prepare(staff: string): Promise<void> {
    const password = createHmac('sha256', this.#secret).update(staff).digest('base64url');
    const key = idempotencyKey(new Date().toISOString(), 'password', staff, String(Math.random()));
    const path = `/auth/staff/${encodeURIComponent(staff)}/password`;
    const answer = await this.#platform.post(path, { newPassword: password }, { key });
    if (answer.status >= 400) throw new Error(`${staff} cannot be played: ${refusalOf(answer)}`);
    this.#platform.knows(staff, password);
  }
}

const isBelow = (unit: string, above: string): boolean =>
  above === EVERYWHERE || unit === above || unit.startsWith(`${above}/`);

/** Those whose role reaches least far: the station's own dispatcher before the company's. */
function closest(able: readonly StaffRecord[], role: string): readonly StaffRecord[] {
  const reach = ({ grants }: StaffRecord) =>
    Math.max(...grants.filter((grant) => grant.role === role).map(({ unit }) => unit.length));
  const nearest = Math.max(...able.map(reach), 0);
  return able.filter((one) => reach(one) === nearest);
}
