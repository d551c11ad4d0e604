// The shelf of the sample with one more view: a single document that the notes of all partitions go into.
import type { EventFrom } from '@shouwen/engine';
import { defineView, type Service } from '@shouwen/engine';
import { NoteAmended, NoteTaken, shelf } from '@shouwen/engine/contract/sample';

export interface Sum {
  readonly taken: number;
  readonly amended: number;
}

const sumView = defineView<Sum, EventFrom<typeof NoteTaken> | EventFrom<typeof NoteAmended>>({
  name: 'sum',
  on: [NoteTaken, NoteAmended],
  id: () => 'all',
  evolve: (sum, { type }) => ({
    taken: (sum?.taken ?? 0) + (type === 'desk.note-taken' ? 1 : 0),
    amended: (sum?.amended ?? 0) + (type === 'desk.note-amended' ? 1 : 0),
  }),
  indexes: ['taken'],
  roles: [],
});

const sample = shelf();
export const countingShelf: Service = { ...sample, views: [...sample.views, sumView] };
