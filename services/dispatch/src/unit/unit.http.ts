import { post } from '@shouwen/engine';
import { registerUnit } from './register-unit.js';
import { renameUnit } from './rename-unit.js';

export const unitRoutes = [
  post('/units', registerUnit, ['administrator'], 'Adds a unit to the organisation tree.'),
  post('/units/rename', renameUnit, ['administrator'], 'Gives a unit other names.'),
];
