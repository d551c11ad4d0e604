/** What a personal field holds; decides how it is masked. `text`: free text that may name people. */
export type PersonalKind = 'name' | 'phone' | 'address' | 'identity' | 'text';

/** Shows as much as a person without the need to know may see: 张**, 138****1234, the street without the door. */
export function mask(kind: PersonalKind, value: string): string {
  switch (kind) {
    case 'name':
      return `${[...value].slice(0, 1).join('')}**`;
    case 'phone':
      return value.length < 8 ? '****' : `${value.slice(0, 3)}****${value.slice(-4)}`;
    case 'identity':
      return value.length < 8 ? '****' : `${value.slice(0, 3)}${'*'.repeat(8)}${value.slice(-2)}`;
    case 'address':
      return `${value.replace(/\d[\s\S]*$/, '')}***`;
    case 'text':
      return '***';
  }
}
