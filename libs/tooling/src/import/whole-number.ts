import { InvalidArgumentError } from 'commander';

/** An option's value, where it is a number of things or of seconds. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number above 0');
  return Number(text);
}
