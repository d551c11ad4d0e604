import { ChasePassedOn, UNIT_PATH, type Told } from '@shouwen/contracts';
import { Command, at, handlesAcross, write } from '@shouwen/engine';
import { IsInt, IsOptional, IsString, IsUUID, Matches, Min } from 'class-validator';
import { findPost, posts, postsAbove } from '../post/post.js';
import { workOrders } from './work-order.js';

/** Finds who is to be told that a customer presses, where the job lay when it was chased. Sent by the reaction only. */
export class PassOnChase extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
  @Matches(UNIT_PATH) unit!: string;
  @IsInt() @Min(1) count!: number;
  /** Ticket number for people, for the message that follows. */
  @IsOptional() @IsString() number?: string;
}

/** The crew itself, and whoever gives out the work; each by the first of its posts that anybody holds. */
const TOLD = [
  ['crew-leader', 'head-of-station'],
  ['dispatcher', 'dispatch-desk', 'duty-leader'],
];

export const passOnChase = handlesAcross({
  command: PassOnChase,
  stream: workOrders,
  reads: ({ workOrderId, unit }) => [at(workOrders, workOrderId), ...postsAbove(unit)],
  decide: (read, { workOrderId, ticketId, unit, count, number }) => {
    const state = read(workOrders, workOrderId);
    if (state.status === 'unknown' || count <= (state.passedOn[ticketId] ?? 0)) return [];
    const { aboutStaff, aboutUnits } = state;
    const tells = TOLD.flatMap((wanted): Told[] => {
      const held = wanted.map((post) =>
        findPost((path) => read(posts, path), { post, unit, aboutStaff, aboutUnits }),
      );
      const found = held.find((one) => one !== null);
      return found ? [{ post: found.post, staff: found.staff }] : [];
    });
    if (!tells.length) return [];
    const ticketIds = [...state.ticketIds];
    const chase = { workOrderId, ticketIds, ticketId, unit, count, tells };
    return [
      write(workOrders, workOrderId, [ChasePassedOn({ ...chase, ...(number ? { number } : {}) })]),
    ];
  },
});
