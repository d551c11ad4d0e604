/**
 * A node of the organisation tree. Its path says where it stands, so the tree needs no other link.
 *
 *     unknown ──UnitRegistered──▶ registered ──UnitRenamed──▶ registered
 */
import { UnitRegistered, UnitRenamed, type UnitKind, type Utility } from '@shouwen/contracts';
import { type Actor, Forbidden, defineStream, isWithin } from '@shouwen/engine';

export type Unit =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'registered';
      readonly unit: string;
      readonly kind: UnitKind;
      readonly name: string;
      readonly nameEn: string;
      readonly utility: Utility | null;
    };

export const units = defineStream<Unit, UnitRegistered | UnitRenamed>({
  name: 'unit',
  idField: 'unit',
  events: [UnitRegistered, UnitRenamed],
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    switch (event.type) {
      case 'dispatch.unit-registered': {
        const { unit, kind, name, nameEn, utility } = event.data;
        return { status: 'registered', unit, kind, name, nameEn, utility: utility ?? null };
      }
      case 'dispatch.unit-renamed': {
        if (state.status === 'unknown') return state;
        const { name, nameEn } = event.data;
        return { ...state, name, nameEn };
      }
    }
  },
  unit: (state) => (state.status === 'registered' ? state.unit : null),
});

/** The unit itself, then each unit above it, nearest first; without `/`, which holds nobody. */
export function upwardFrom(unit: string): readonly string[] {
  const names = unit.split('/').filter(Boolean);
  return names.map((_, above) => `/${names.slice(0, names.length - above).join('/')}`);
}

/**
 * Refuses an administrator what lies outside the own subtree. A unit that a command reads is guarded by its own
 * stream; this is for `/`, which has none, and for the unit that something is taken from.
 */
export function refuseBeyondReach(actor: Actor, unit: string): void {
  if (actor.number.startsWith('system:')) return;
  const reaches = actor.grants.some(
    (grant) => grant.role === 'administrator' && isWithin(unit, grant.unit),
  );
  if (!reaches)
    throw new Forbidden(
      'unit.beyond-reach',
      `Your roles do not reach the unit ${unit}; somebody above it has to do this.`,
    );
}
