import { defineService } from '@shouwen/engine';
import { contactRoutes } from './contact/contact.http.js';
import { recordContact } from './contact/record-contact.js';
import { customerRoutes } from './customer/customer.http.js';
import { noteAccountHolder } from './customer/note-account-holder.js';
import { registerCustomer } from './customer/register-customer.js';
import { beginOwnership } from './ownership/begin-ownership.js';
import { noteDeparture } from './ownership/note-departure.js';
import { noteReturn } from './ownership/note-return.js';
import { passOnOwnership } from './ownership/pass-on-ownership.js';
import { beginOwnershipWhenOwnerChanges } from './reactions/begin-ownership-when-owner-changes.js';
import { emptySeatWhenPostVacated } from './reactions/empty-seat-when-post-vacated.js';
import { inheritTicketsWhenOwnershipPassed } from './reactions/inherit-tickets-when-ownership-passed.js';
import { joinTicketWhenContactRecorded } from './reactions/join-ticket-when-contact-recorded.js';
import { noteAccountHoldersWhenCustomerRegistered } from './reactions/note-account-holders-when-customer-registered.js';
import { noteSeatWhenPostHeld } from './reactions/note-seat-when-post-held.js';
import { passOnTicketsWhenSeatNoted } from './reactions/pass-on-tickets-when-seat-noted.js';
import { passOnTicketsWhenStaffMoves } from './reactions/pass-on-tickets-when-staff-moves.js';
import { prioritiseTicketWhenPriorityCustomerNamed } from './reactions/prioritise-ticket-when-priority-customer-named.js';
import { recordWorkResultWhenWorkFinished } from './reactions/record-work-result-when-work-finished.js';
import { routeTicketWhenClockOpened } from './reactions/route-ticket-when-clock-opened.js';
import { routeTicketWhenTicketOpened } from './reactions/route-ticket-when-ticket-opened.js';
import { takeOverTicketsWhenWorkOrderSigned } from './reactions/take-over-tickets-when-work-order-signed.js';
import { noteSeat } from './seat/note-seat.js';
import { registerServicePoint } from './service-point/register-service-point.js';
import { servicePointRoutes } from './service-point/service-point.http.js';
import { suggestionRoutes } from './suggestions/suggestions.http.js';
import { answerTicket } from './ticket/answer-ticket.js';
import { chaseTicket } from './ticket/chase-ticket.js';
import { classifyTicket } from './ticket/classify-ticket.js';
import { closeTicket } from './ticket/close-ticket.js';
import { giveFeedback } from './ticket/give-feedback.js';
import { handOverTicket } from './ticket/hand-over-ticket.js';
import { inheritTicket } from './ticket/inherit-ticket.js';
import { joinTicket } from './ticket/join-ticket.js';
import { prioritiseTicket } from './ticket/prioritise-ticket.js';
import { recordCallback } from './ticket/record-callback.js';
import { recordEvidence } from './ticket/record-evidence.js';
import { recordVerification } from './ticket/record-verification.js';
import { recordWorkResult } from './ticket/record-work-result.js';
import { reopenTicket } from './ticket/reopen-ticket.js';
import { routeTicket } from './ticket/route-ticket.js';
import { takeOverTicket } from './ticket/take-over-ticket.js';
import { ticketRoutes } from './ticket/ticket.http.js';
import { contactsView } from './views/contacts.view.js';
import { customersView } from './views/customers.view.js';
import { servicePointsView } from './views/service-points.view.js';
import { ticketCallersView } from './views/ticket-callers.view.js';
import { ticketTraitsView } from './views/ticket-traits.view.js';
import { ticketsView } from './views/tickets.view.js';

/** The contact centre: every contact, and every ticket from receipt to close. */
export const intake = defineService({
  name: 'intake',
  routes: [
    ...contactRoutes,
    ...ticketRoutes,
    ...suggestionRoutes,
    ...customerRoutes,
    ...servicePointRoutes,
  ],
  commands: [
    recordContact,
    classifyTicket,
    routeTicket,
    joinTicket,
    chaseTicket,
    handOverTicket,
    prioritiseTicket,
    takeOverTicket,
    inheritTicket,
    answerTicket,
    giveFeedback,
    recordWorkResult,
    recordCallback,
    recordEvidence,
    recordVerification,
    closeTicket,
    reopenTicket,
    registerCustomer,
    noteAccountHolder,
    registerServicePoint,
    noteSeat,
    beginOwnership,
    passOnOwnership,
    noteDeparture,
    noteReturn,
  ],
  views: [
    ticketsView,
    contactsView,
    ticketTraitsView,
    ticketCallersView,
    customersView,
    servicePointsView,
  ],
  reactions: [
    routeTicketWhenTicketOpened,
    joinTicketWhenContactRecorded,
    recordWorkResultWhenWorkFinished,
    routeTicketWhenClockOpened,
    noteSeatWhenPostHeld,
    noteAccountHoldersWhenCustomerRegistered,
    prioritiseTicketWhenPriorityCustomerNamed,
    emptySeatWhenPostVacated,
    beginOwnershipWhenOwnerChanges,
    passOnTicketsWhenStaffMoves,
    passOnTicketsWhenSeatNoted,
    inheritTicketsWhenOwnershipPassed,
    takeOverTicketsWhenWorkOrderSigned,
  ],
  effects: [],
});
