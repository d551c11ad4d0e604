import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import { aClockMet, aClockOpened, aClockStarted, after, TICKET } from '../../test/build-clock.js';
import { extendDeadline } from './extend-deadline.js';
import { pauseDeadline } from './pause-deadline.js';

const running = [aClockOpened(), aClockStarted()];
const later: object = {
  ticketId: TICKET,
  deadline: 'arrive',
  until: after(120),
  plan: 'A second crew.',
};
const pause: object = { ticketId: TICKET, deadline: 'arrive', reason: 'Nobody at home.' };

describe('extend a limit', () => {
  const given = spec(extendDeadline);

  it('is refused: no source document allows a later limit', () =>
    given(...running)
      .when(later)
      .isRejected('extension.not-allowed'));

  it('is refused once the limit was met', () =>
    given(...running, aClockMet())
      .when(later)
      .isRejected('deadline.not-running'));

  it('is refused for a ticket that dispatch does not know', () =>
    given().when(later).isRejected('ticket.not-found'));
});

describe('pause a limit', () => {
  const given = spec(pauseDeadline);

  it('is refused: no source document lets time go uncounted', () =>
    given(...running)
      .when(pause)
      .isRejected('pause.not-allowed'));

  it('is refused once the limit was met', () =>
    given(...running, aClockMet())
      .when(pause)
      .isRejected('deadline.not-running'));
});
