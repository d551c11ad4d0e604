// Two small services that the contract suite runs on every engine: a desk that takes notes of people, and a shelf that
// keeps a copy of each, calls them back when they are due, and posts a letter.
import { IsInt, IsISO8601, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { Command, at, defineStream, handles, handlesAcross, write } from '../command.js';
import { after, defineEffect, defineView, when } from '../consumer.js';
import { Rejected } from '../errors.js';
import { defineEvent, type EventFrom } from '../event.js';
import { defineService, type Service } from '../service.js';

class NoteTakenV2 {
  @IsUUID() noteId!: string;
  @IsString() unit!: string;
  @IsString() personId!: string;
  @IsInt() weight!: number;
  @IsOptional() @IsISO8601() dueAt?: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() text?: string;
  /** Staff numbers that answer for it, that it names, and units that it is about. */
  @IsOptional() @IsString({ each: true }) keepers?: readonly string[];
  @IsOptional() @IsString({ each: true }) aboutStaff?: readonly string[];
  @IsOptional() @IsString({ each: true }) aboutUnits?: readonly string[];
}

export const NoteTaken = defineEvent({
  type: 'desk.note-taken',
  version: 2,
  visibility: 'public',
  data: NoteTakenV2,
  key: 'noteId',
  personal: { personId: { name: 'name', text: 'text' } },
  says: { en: 'Note {noteId}.', zh: '记录 {noteId}。' },
  upcasts: { 1: (v1: Omit<NoteTakenV2, 'weight'>) => ({ ...v1, weight: 1 }) },
});

class NoteAmendedV1 {
  @IsUUID() noteId!: string;
  @IsInt() weight!: number;
}

export const NoteAmended = defineEvent({
  type: 'desk.note-amended',
  version: 1,
  visibility: 'public',
  data: NoteAmendedV1,
  key: 'noteId',
  says: { en: 'Amended.', zh: '修改。' },
});

const noteEvents = [NoteTaken, NoteAmended] as const;
type NoteEvent = EventFrom<typeof noteEvents>;

/** none → taken */
export type Note =
  | { readonly status: 'none' }
  | ({ readonly status: 'taken'; readonly weight: number; readonly unit: string } & Concerned);

/** Whom a note concerns: those who answer for it, and those it is about. */
interface Concerned {
  readonly keepers?: readonly string[];
  readonly aboutStaff?: readonly string[];
  readonly aboutUnits?: readonly string[];
}

const concerned = ({ keepers, aboutStaff, aboutUnits }: Concerned): Concerned => ({
  ...(keepers ? { keepers } : {}),
  ...(aboutStaff ? { aboutStaff } : {}),
  ...(aboutUnits ? { aboutUnits } : {}),
});

export const notes = defineStream<Note, NoteEvent>({
  name: 'note',
  events: noteEvents,
  initial: { status: 'none' },
  evolve(note, { type, data }) {
    switch (type) {
      case 'desk.note-taken':
        return { status: 'taken', weight: data.weight, unit: data.unit, ...concerned(data) };
      case 'desk.note-amended':
        return note.status === 'taken' ? { ...note, weight: note.weight + data.weight } : note;
    }
  },
  unit: (note) => (note.status === 'taken' ? note.unit : null),
  closedTo: (note) => (note.status === 'taken' ? (note.aboutStaff ?? []) : []),
  openTo: (note) =>
    note.status === 'taken'
      ? { staff: note.keepers ?? [], notFrom: note.aboutUnits ?? [] }
      : { staff: [] },
});

export class TakeNote extends Command {
  @IsOptional() @IsUUID() noteId?: string;
  @IsString() personId!: string;
  @IsOptional() @IsString() unit?: string;
  @IsOptional() @IsInt() weight?: number;
  @IsOptional() @IsISO8601() dueAt?: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() @MaxLength(1_000_000) text?: string;
  @IsOptional() @IsString({ each: true }) keepers?: string[];
  @IsOptional() @IsString({ each: true }) aboutStaff?: string[];
  @IsOptional() @IsString({ each: true }) aboutUnits?: string[];
}

export const takeNote = handles(TakeNote, notes, (note, command) => {
  const { noteId, personId, unit = '/a', weight = 1, dueAt, name, text } = command;
  if (note.status === 'taken') throw new Rejected('note.taken', 'This note was taken already.');
  const optional = {
    ...(dueAt ? { dueAt } : {}),
    ...(name ? { name } : {}),
    ...(text ? { text } : {}),
    ...concerned(command),
  };
  return [NoteTaken({ noteId: noteId!, personId, unit, weight, ...optional })];
});

export class AmendNote extends Command {
  @IsUUID() noteId!: string;
  @IsInt() weight!: number;
}

export const amendNote = handles(AmendNote, notes, (note, { noteId, weight }) => {
  if (note.status === 'none') throw new Rejected('note.not-found', 'There is no such note.');
  return weight === 0 ? [] : [NoteAmended({ noteId, weight })];
});

/** Weight moves from one note to another, in one commit or not at all. */
export class MoveWeight extends Command {
  @IsUUID() noteId!: string;
  @IsUUID() toId!: string;
  @IsInt() weight!: number;
}

export const moveWeight = handlesAcross({
  command: MoveWeight,
  stream: notes,
  reads: ({ noteId, toId }) => [at(notes, noteId), at(notes, toId)],
  decide: (read, { noteId, toId, weight }) => {
    const from = read(notes, noteId);
    if (from.status === 'none' || from.weight < weight || read(notes, toId).status === 'none')
      throw new Rejected('note.too-light', 'There is not that much to move.');
    return [
      write(notes, noteId, [NoteAmended({ noteId, weight: -weight })]),
      write(notes, toId, [NoteAmended({ noteId: toId, weight })]),
    ];
  },
  answer: (events) => ({ moved: events.length }),
});

export interface NoteDocument extends Concerned {
  readonly noteId: string;
  readonly unit: string;
  readonly weight: number;
  readonly person?: object;
}

export const notesView = defineView<NoteDocument, NoteEvent>({
  name: 'notes',
  on: [NoteTaken, NoteAmended],
  id: ({ data }) => data.noteId,
  evolve: (document, event) => {
    if (event.type === 'desk.note-amended')
      return document && { ...document, weight: document.weight + event.data.weight };
    const { noteId, unit, weight } = event.data;
    const person = event.sealed['personId'];
    return { noteId, unit, weight, ...(person ? { person } : {}), ...concerned(event.data) };
  },
  indexes: ['unit', 'weight', 'keepers'],
  roles: ['clerk'],
  unit: 'unit',
  closedTo: 'aboutStaff',
  openTo: { staff: 'keepers', notFrom: 'aboutUnits' },
});

/** Finds notes by what the person is called, without keeping the name. */
export const namesView = defineView<{ count: number }, EventFrom<typeof NoteTaken>>({
  name: 'names',
  on: [NoteTaken],
  id: () => 'all',
  evolve: (document, { data }, _id, tools) => ({
    ...document,
    count: (document?.count ?? 0) + 1,
    ...(data.name ? { [tools.blind(data.name)]: true } : {}),
  }),
  indexes: ['count'],
  roles: [],
  personal: true,
});

export const desk: Service = defineService({
  name: 'desk',
  routes: [],
  commands: [takeNote, amendNote, moveWeight],
  views: [notesView, namesView],
  reactions: [],
  effects: [],
});

class CopyKeptV1 {
  @IsUUID() copyId!: string;
  @IsInt() copies!: number;
}

export const CopyKept = defineEvent({
  type: 'shelf.copy-kept',
  version: 1,
  visibility: 'public',
  data: CopyKeptV1,
  key: 'copyId',
  says: { en: 'Copied.', zh: '已复制。' },
});

class CopyDueV1 {
  @IsUUID() copyId!: string;
  @IsISO8601() due!: string;
}

export const CopyDue = defineEvent({
  type: 'shelf.copy-due',
  version: 1,
  visibility: 'service',
  data: CopyDueV1,
  key: 'copyId',
  says: { en: 'Due.', zh: '到期。' },
});

class LetterV1 {
  @IsUUID() copyId!: string;
  @IsString() step!: string;
}

export const LetterPosted = defineEvent({
  type: 'shelf.letter-posted',
  version: 1,
  visibility: 'service',
  data: LetterV1,
  key: 'copyId',
  says: { en: 'Letter.', zh: '信件。' },
});

const copyEvents = [CopyKept, CopyDue, LetterPosted] as const;

/** none → kept; counts how often each fact was recorded, so that a second one shows. */
export interface Copy {
  readonly copies: number;
  readonly due: number;
  readonly letters: readonly string[];
}

export const copies = defineStream<Copy, EventFrom<typeof copyEvents>>({
  name: 'copy',
  events: copyEvents,
  initial: { copies: 0, due: 0, letters: [] },
  evolve(copy, { type, data }) {
    switch (type) {
      case 'shelf.copy-kept':
        return { ...copy, copies: copy.copies + 1 };
      case 'shelf.copy-due':
        return { ...copy, due: copy.due + 1 };
      case 'shelf.letter-posted':
        return { ...copy, letters: [...copy.letters, data.step] };
    }
  },
});

export class KeepCopy extends Command {
  @IsUUID() copyId!: string;
}
export class MarkDue extends Command {
  @IsUUID() copyId!: string;
}
export class PostLetter extends Command {
  @IsUUID() copyId!: string;
  @IsString() step!: string;
}

/** Deliberately counts every time it is asked: only the engine keeps a second delivery from showing. */
export const keepCopy = handles(KeepCopy, copies, (copy, { copyId }) => {
  if (copy.copies >= 20) throw new Rejected('copy.enough', 'Enough copies.');
  return [CopyKept({ copyId, copies: copy.copies + 1 })];
});
export const markDue = handles(MarkDue, copies, (_copy, { copyId }, { occurredAt }) => [
  CopyDue({ copyId, due: occurredAt }),
]);
export const postLetter = handles(PostLetter, copies, (_copy, { copyId, step }) => [
  LetterPosted({ copyId, step }),
]);

/** What the specs turn on to make handlers fail. */
export interface Trouble {
  /** Throws in the reaction for these notes. */
  readonly reaction: Set<string>;
  /** Throws in the view for these notes. */
  readonly view: Set<string>;
  /** Called for every letter with its attempt id; may throw. */
  letter: (copyId: string, attemptId: string) => void | Promise<void>;
}

export const noTrouble = (): Trouble => ({
  reaction: new Set(),
  view: new Set(),
  letter: () => {},
});

export interface CopyDocument {
  readonly copyId: string;
  readonly copies: number;
}

export const copiesView = (trouble: Trouble) =>
  defineView<CopyDocument, EventFrom<typeof CopyKept> | EventFrom<typeof NoteAmended>>({
    name: 'copies',
    on: [CopyKept, NoteAmended],
    id: ({ data }) => ('copyId' in data ? data.copyId : data.noteId),
    evolve: (document, { type, data }, id) => {
      if (trouble.view.has(id)) throw new Error('the view has a fault');
      const copies = (document?.copies ?? 0) + (type === 'shelf.copy-kept' ? 1 : 0);
      return { copyId: 'copyId' in data ? data.copyId : data.noteId, copies };
    },
    indexes: ['copies'],
    roles: ['clerk'],
  });

export const shelf = (trouble: Trouble = noTrouble()): Service =>
  defineService({
    name: 'shelf',
    routes: [],
    commands: [keepCopy, markDue, postLetter],
    views: [copiesView(trouble)],
    reactions: [
      when([NoteTaken, NoteAmended], 'keep-copy-when-note-taken', ({ data }) => {
        if (trouble.reaction.has(data.noteId)) throw new Error('the reaction has a fault');
        return [KeepCopy.of({ copyId: data.noteId })];
      }),
      after(
        NoteTaken,
        'mark-due-after-note-taken',
        ({ data }) => data.dueAt ?? null,
        ({ data }) => [MarkDue.of({ copyId: data.noteId })],
      ),
    ],
    effects: [
      defineEffect({
        name: 'post-letter',
        on: CopyKept,
        attempt: ({ data }) =>
          data.copies === 1 ? PostLetter.of({ copyId: data.copyId, step: 'attempted' }) : null,
        perform: async ({ data }, attemptId) => {
          await trouble.letter(data.copyId, attemptId);
          return PostLetter.of({ copyId: data.copyId, step: 'delivered' });
        },
      }),
    ],
  });
