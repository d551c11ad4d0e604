// A small service for the specs of the edge: matters that somebody opens and closes, and the staff who may sign in.
import {
  after,
  answers,
  Command,
  defineEvent,
  defineService,
  defineStream,
  defineView,
  get,
  handles,
  post,
  Query,
  Rejected,
  type EventFrom,
} from '@shouwen/engine';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

class Place {
  @IsString() @IsNotEmpty() @MaxLength(200) address!: string;
  @IsOptional() @IsInt() @Min(1) @Max(99) floor?: number;
}

class MatterOpenedV1 {
  @IsUUID() matterId!: string;
  @IsString() title!: string;
  @IsIn(['low', 'high']) urgency!: string;
  @IsString() unit!: string;
  @IsInt() count!: number;
  @IsString() dueAt!: string;
  @IsString() callerId!: string;
  @IsOptional() @IsString() callerName?: string;
}

export const MatterOpened = defineEvent({
  type: 'desk.matter-opened',
  version: 1,
  visibility: 'public',
  data: MatterOpenedV1,
  key: 'matterId',
  personal: { callerId: { callerName: 'name' } },
  says: { en: 'A matter was opened.', zh: '事项已登记。' },
});
type MatterOpened = EventFrom<typeof MatterOpened>;

class MatterClosedV1 {
  @IsUUID() matterId!: string;
}

export const MatterClosed = defineEvent({
  type: 'desk.matter-closed',
  version: 1,
  visibility: 'public',
  data: MatterClosedV1,
  key: 'matterId',
  says: { en: 'The matter was closed.', zh: '事项已办结。' },
});
type MatterClosed = EventFrom<typeof MatterClosed>;

class StaffAddedV1 {
  @IsString() staff!: string;
  @IsString() staffId!: string;
  @IsString() unit!: string;
  @IsArray() grants!: { role: string; unit: string }[];
}

const StaffAdded = defineEvent({
  type: 'desk.staff-added',
  version: 1,
  visibility: 'public',
  data: StaffAddedV1,
  key: 'staff',
  says: { en: '{staff} joined.', zh: '{staff}入职。' },
});

class PasswordMadeV1 {
  @IsString() staff!: string;
  @IsString() staffId!: string;
  @IsOptional() @IsString() passwordHash?: string;
}

const PasswordMade = defineEvent({
  type: 'desk.password-made',
  version: 1,
  visibility: 'public',
  data: PasswordMadeV1,
  key: 'staff',
  personal: { staffId: { passwordHash: 'text' } },
  says: { en: 'The password of {staff} was set.', zh: '{staff}的密码已设置。' },
});

type StaffEvent = EventFrom<readonly [typeof StaffAdded, typeof PasswordMade]>;

const staff = defineStream<{ isKnown: boolean }, StaffEvent>({
  name: 'staff',
  events: [StaffAdded, PasswordMade],
  initial: { isKnown: false },
  evolve: () => ({ isKnown: true }),
});

class GrantGiven {
  @IsString() role!: string;
  @IsString() unit!: string;
}

export class RegisterStaff extends Command {
  @IsString() staff!: string;
  @IsOptional() @IsString() staffId?: string;
  @IsString() unit!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => GrantGiven) grants!: GrantGiven[];
}

export class SetPassword extends Command {
  @IsString() staff!: string;
  @IsOptional() @IsString() staffId?: string;
  @IsString() passwordHash!: string;
}

const registerStaff = handles(RegisterStaff, staff, (state, { staff: number, unit, grants }) =>
  state.isKnown
    ? []
    : [
        StaffAdded({
          staff: number,
          staffId: `staff-${number}`,
          unit,
          grants: grants.map(({ role, unit: at }) => ({ role, unit: at })),
        }),
      ],
);
const setPassword = handles(SetPassword, staff, (_state, { staff: number, passwordHash }) => [
  PasswordMade({ staff: number, staffId: `staff-${number}`, passwordHash }),
]);

interface Account {
  readonly staff: string;
  readonly unit: string;
  readonly grants: readonly { role: string; unit: string }[];
  readonly person?: object;
  readonly knownTo: number;
}

const credentials = defineView<Account, StaffEvent>({
  name: 'credentials',
  on: [StaffAdded, PasswordMade],
  id: ({ data }) => data.staff,
  evolve: (account, { type, data, sealed, g: knownTo }) => {
    if (type === 'desk.staff-added')
      return { staff: data.staff, unit: data.unit, grants: data.grants, knownTo };
    return account && sealed['staffId']
      ? { ...account, person: sealed['staffId'], knownTo }
      : account;
  },
  indexes: [],
  roles: [],
});

type Matter = { status: 'none' } | { status: 'open' | 'closed'; unit: string };

const matters = defineStream<Matter, MatterOpened | MatterClosed>({
  name: 'matter',
  events: [MatterOpened, MatterClosed],
  initial: { status: 'none' },
  evolve: (matter, event) => {
    switch (event.type) {
      case 'desk.matter-opened':
        return { status: 'open', unit: event.data.unit };
      case 'desk.matter-closed':
        return matter.status === 'open' ? { ...matter, status: 'closed' } : matter;
    }
  },
  unit: (matter) => (matter.status === 'none' ? null : matter.unit),
});

export class OpenMatter extends Command {
  @IsOptional() @IsUUID() matterId?: string;
  @IsString() @IsNotEmpty() @MaxLength(100) title!: string;
  @IsIn(['low', 'high']) urgency!: string;
  @IsOptional() @Matches(/^(\/[a-z]+)+$/) unit?: string;
  @IsOptional() @IsInt() @Min(0) @Max(1000) count?: number;
  @IsOptional() @IsString() @MaxLength(50) callerName?: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Place) places?: Place[];
}

const openMatter = handles(OpenMatter, matters, (matter, command, { occurredAt, newId }) => {
  const { matterId, title, urgency, unit = '/city', count = 0, callerName } = command;
  if (matter.status !== 'none') return [];
  const dueAt = new Date(Date.parse(occurredAt) + 60 * 60_000).toISOString();
  return [
    MatterOpened({
      ...{ matterId: matterId!, title, urgency, unit, count, dueAt, callerId: newId() },
      ...(callerName === undefined ? {} : { callerName }),
    }),
  ];
});

export class CloseMatter extends Command {
  @IsUUID() matterId!: string;
}

const closeMatter = handles(CloseMatter, matters, (matter, { matterId }) => {
  if (matter.status === 'none')
    throw new Rejected('matter.not-found', 'There is no such matter.', 'matterId');
  if (matter.status === 'closed')
    throw new Rejected('matter.already-closed', 'This matter is closed already.');
  return [MatterClosed({ matterId })];
});

const closeWhenDue = after(
  MatterOpened,
  'close-matter-when-due',
  ({ data }) => data.dueAt,
  ({ data }) => [CloseMatter.of({ matterId: data.matterId })],
);

interface MatterLine {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly unit: string;
  readonly count: number;
  readonly dueAt: string;
  readonly closedAt?: string;
  readonly caller?: object;
}

const mattersView = defineView<MatterLine, MatterOpened | MatterClosed>({
  name: 'matter-list',
  on: [MatterOpened, MatterClosed],
  id: ({ data }) => data.matterId,
  evolve: (line, { type, data, occurredAt, sealed }, id) => {
    if (type === 'desk.matter-closed')
      return line && { ...line, status: 'closed', closedAt: occurredAt };
    const { title, unit, count, dueAt } = data;
    const caller = sealed['callerId'];
    return { id, title, status: 'open', unit, count, dueAt, ...(caller ? { caller } : {}) };
  },
  indexes: ['status', 'unit', 'count', 'dueAt', 'closedAt'],
  roles: ['call-taker', 'analyst'],
  unit: 'unit',
});

class CountMatters extends Query {
  @IsOptional() @IsIn(['open', 'closed']) status?: string;
  @IsOptional() @IsInt() @Min(1) atMost?: number;
}

const countMatters = answers(CountMatters, async ({ status, atMost = 1000 }, reader) => {
  const { items } = await reader.find(mattersView, {
    ...(status === undefined ? {} : { where: { status: { is: status } } }),
    limit: atMost,
  });
  return { count: items.length };
});

class Break extends Command {
  @IsOptional() @IsUUID() matterId?: string;
}

const breakDown = handles(Break, matters, () => {
  throw new TypeError('caller 张三 13800138000 broke this');
});

export const desk = defineService({
  name: 'desk',
  routes: [
    post('/matters', openMatter, ['call-taker'], 'Opens a matter.'),
    post('/matters/:matterId/close', closeMatter, ['call-taker'], 'Closes a matter.'),
    post('/breakdowns', breakDown, ['administrator'], 'Breaks down.'),
    get('/counts', countMatters, ['anyone'], 'Counts matters.'),
  ],
  commands: [openMatter, closeMatter, breakDown, registerStaff, setPassword],
  views: [credentials, mattersView],
  reactions: [closeWhenDue],
  effects: [],
});

/** A neighbour that keeps no accounts, only titles of the desk's matters. */
const copies = defineView<{ readonly title: string }, MatterOpened>({
  name: 'copies',
  on: [MatterOpened],
  id: ({ data }) => data.matterId,
  evolve: (_copy, { data }) => ({ title: data.title }),
  indexes: [],
  roles: ['analyst'],
});

export const shelf = defineService({
  name: 'shelf',
  routes: [],
  commands: [],
  views: [copies],
  reactions: [],
  effects: [],
});
