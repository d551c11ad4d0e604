// What two contacts about one matter have in common, made comparable before it is blinded.

/** Digits only, without the country: `+86 139-0000-0001` and `13900000001` are one line. */
export const phoneTrait = (phone: string): string =>
  `phone:${phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')}`;

/** As people write one address in two ways: full or half width, with or without blanks and commas. */
export const addressTrait = (address: string): string =>
  `address:${address
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,.，。、;:()-]/g, '')}`;
