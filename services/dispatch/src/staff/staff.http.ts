import { post } from '@shouwen/engine';
import { changeStaffContact } from './change-staff-contact.js';
import { grantRoles } from './grant-roles.js';
import { registerStaff } from './register-staff.js';
import { releaseStaff } from './release-staff.js';
import { transferStaff } from './transfer-staff.js';

const ROLES = ['administrator'];

export const staffRoutes = [
  post('/staff', registerStaff, ROLES, 'Somebody joins, with roles in units.'),
  post('/staff/:staff/contact', changeStaffContact, ROLES, 'Changes a name or a telephone.'),
  post('/staff/:staff/transfer', transferStaff, ROLES, 'Moves somebody to another home unit.'),
  post('/staff/:staff/grants', grantRoles, ROLES, "Sets somebody's roles anew."),
  post('/staff/:staff/release', releaseStaff, ROLES, 'Somebody leaves; posts pass to a successor.'),
];
