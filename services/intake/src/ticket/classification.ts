import { Rejected } from '@shouwen/engine';
import { UNCLASSIFIED, type Category, type TicketUtility } from '@shouwen/contracts';
import type { PackRef, Standards } from '@shouwen/standards';

/** What a ticket is, as far as anybody can tell. */
export interface Classification {
  readonly utility: TicketUtility;
  readonly typeCode: string;
  readonly category: Category;
  readonly needsWorkOrder: boolean;
  readonly isSafety: boolean;
  readonly pack?: PackRef;
}

/** The type as the standards had it at receipt; without a code, the matter waits for somebody to classify it. */
export function classificationOf(
  standards: Standards,
  wish: { readonly typeCode?: string; readonly utility?: TicketUtility; readonly asOf: string },
): Classification {
  const { typeCode = UNCLASSIFIED, utility, asOf } = wish;
  if (typeCode === UNCLASSIFIED)
    return {
      utility: utility ?? 'unknown',
      typeCode,
      category: 'unclassified',
      needsWorkOrder: false,
      isSafety: false,
    };
  const type = standards.type(typeCode, asOf);
  if (!type)
    throw new Rejected(
      'type.unknown',
      `The standards have no ticket type ${typeCode}; take one of the suggestions.`,
      'typeCode',
    );
  if (utility && utility !== 'unknown' && utility !== type.utility)
    throw new Rejected(
      'type.other-utility',
      `${typeCode} is a matter of ${type.utility}, not of ${utility}.`,
      'utility',
    );
  const { category, needsWorkOrder, isSafety, pack } = type;
  return { utility: type.utility, typeCode, category, needsWorkOrder, isSafety, pack };
}
