import { get } from '@shouwen/engine';
import { duplicateSuggestions } from './duplicate-suggestions.js';
import { knownCallers } from './known-callers.js';
import { typeSuggestions } from './type-suggestions.js';

const AT_THE_DESK = [
  'call-taker',
  'window-clerk',
  'supervisor',
  'duty-leader',
  'supervision-office',
];

export const suggestionRoutes = [
  get(
    '/type-suggestions',
    typeSuggestions,
    [...AT_THE_DESK, 'dispatcher', 'integration', 'administrator'],
    'Suggests ticket types by the words of a message.',
  ),
  get(
    '/duplicate-suggestions',
    duplicateSuggestions,
    [...AT_THE_DESK, 'integration', 'administrator'],
    'Suggests tickets that a contact may be about; nothing is merged.',
  ),
  get(
    '/known-callers',
    knownCallers,
    AT_THE_DESK,
    'Finds the customers registered with a phone number.',
  ),
];
