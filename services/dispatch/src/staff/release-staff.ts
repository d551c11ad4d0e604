import { STAFF_NUMBER, StaffLeft } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { IsOptional, Matches } from 'class-validator';
import { refuseInactive, staff } from './staff.js';

/** Somebody leaves. Posts pass to the successor; without one nobody leaves a post behind. */
export class ReleaseStaff extends Command {
  @Matches(STAFF_NUMBER) staff!: string;
  @IsOptional() @Matches(STAFF_NUMBER) successor?: string;
}

export const releaseStaff = handlesAcross({
  command: ReleaseStaff,
  stream: staff,
  reads: ({ staff: number, successor }) => [
    at(staff, number),
    ...(successor && successor !== number ? [at(staff, successor)] : []),
  ],
  decide: (read, { staff: number, successor }) => {
    const person = read(staff, number);
    if (person.status === 'left') return [];
    refuseInactive(person, number, 'staff');
    if (person.status !== 'active') return [];
    if (successor === number)
      throw new Rejected(
        'staff.own-successor',
        'The successor must be somebody else.',
        'successor',
      );
    if (successor) refuseInactive(read(staff, successor), successor, 'successor');
    if (person.seats.length > 0 && !successor) {
      const posts = person.seats.map(({ post, unit }) => `${post} of ${unit}`).join(', ');
      throw new Rejected(
        'staff.holds-posts',
        `${number} still sits on ${posts}; name a successor first.`,
        'successor',
      );
    }
    return [
      write(staff, number, [
        StaffLeft({
          staff: number,
          unit: person.unit,
          ...(successor ? { successor } : {}),
          posts: person.seats.map((seat) => ({ ...seat })),
        }),
      ]),
    ];
  },
});
