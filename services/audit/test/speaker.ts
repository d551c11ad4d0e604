import { IsArray, IsUUID } from 'class-validator';
import {
  Command,
  defineService,
  defineStream,
  handles,
  type Event,
  type Service,
  type UseCase,
} from '@shouwen/engine';
import { everyContract } from '@shouwen/contracts';

/** Says what it is told to say, under the name of a service: the events are the contracts' own. */
class Say extends Command {
  @IsUUID() matterId!: string;
  @IsArray() events!: Event[];
}

export function speaker(name: string): { service: Service; say: UseCase } {
  const matters = defineStream<null, Event>({
    name: 'matter',
    events: everyContract.filter(({ type }) => type.startsWith(`${name}.`)),
    initial: null,
    evolve: () => null,
  });
  const say = handles(Say, matters, (_, { events }) => events);
  const records = { routes: [], commands: [say], views: [], reactions: [], effects: [] };
  return { service: defineService({ name, ...records }), say };
}
