import { post } from '@shouwen/engine';
import { CONTACT_TAKERS } from './contact.js';
import { recordContact } from './record-contact.js';

export const contactRoutes = [
  post(
    '/contacts',
    recordContact,
    CONTACT_TAKERS,
    'Records a contact with the tickets it opens, joins or chases; safety words are answered first.',
  ),
];
