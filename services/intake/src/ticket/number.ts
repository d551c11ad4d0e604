import type { TicketUtility } from '@shouwen/contracts';

const LETTERS: Readonly<Record<TicketUtility, string>> = {
  water: 'W',
  heat: 'H',
  gas: 'G',
  power: 'P',
  unknown: 'X',
};
/** Crockford's alphabet has no I, L, O and U: what is read over the phone is not misheard. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const EIGHT_HOURS = 8 * 60 * 60 * 1000;

/** The number people say: `H260115-0000000H`, from utility, local day of receipt and the last 40 bits of the id. */
export function ticketNumber(ticketId: string, utility: TicketUtility, receivedAt: string): string {
  const day = new Date(Date.parse(receivedAt) + EIGHT_HOURS).toISOString().slice(2, 10);
  const tail = BigInt(`0x${ticketId.slice(-10)}`);
  const letters = Array.from({ length: 8 }, (_, i) =>
    ALPHABET.charAt(Number((tail >> BigInt(5 * (7 - i))) & 31n)),
  );
  return `${LETTERS[utility]}${day.replaceAll('-', '')}-${letters.join('')}`;
}

/** Odd, and spread over 48 bits: one contact's tickets get tails, and so numbers, that look nothing alike. */
const SPREAD = 0x9e3779b97f4bn;

/** Id of the ticket that a contact's n-th matter opens: the same each time the same contact is decided. */
export function ticketIdOf(contactId: string, index: number): string {
  const mixed =
    BigInt(`0x${contactId.slice(-12)}`) ^ ((BigInt(index + 1) * SPREAD) & (2n ** 48n - 1n));
  return contactId.slice(0, -12) + mixed.toString(16).padStart(12, '0');
}
