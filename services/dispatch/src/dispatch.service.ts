import { defineService } from '@shouwen/engine';
import { breachClock } from './clock/breach-clock.js';
import { clockRoutes } from './clock/clock.http.js';
import { endClocks } from './clock/end-clocks.js';
import { escalateTicket } from './clock/escalate-ticket.js';
import { extendDeadline } from './clock/extend-deadline.js';
import { handOverClock } from './clock/hand-over-clock.js';
import { meetDeadline } from './clock/meet-deadline.js';
import { moveClock } from './clock/move-clock.js';
import { noteTransfer } from './clock/note-transfer.js';
import { passOnSupervision } from './clock/pass-on-supervision.js';
import { pauseDeadline } from './clock/pause-deadline.js';
import { reclassifyClocks } from './clock/reclassify-clocks.js';
import { replaceArrivalBySlot } from './clock/replace-arrival-by-slot.js';
import { restartClocks } from './clock/restart-clocks.js';
import { startClocks } from './clock/start-clocks.js';
import { superviseTicket } from './clock/supervise-ticket.js';
import { warnClock } from './clock/warn-clock.js';
import { withdrawRestoring } from './clock/withdraw-restoring.js';
import { defineGrid } from './grid/define-grid.js';
import { gridRoutes } from './grid/grid.http.js';
import { reassignGrid } from './grid/reassign-grid.js';
import { handOverPost } from './post/hand-over-post.js';
import { holdPost } from './post/hold-post.js';
import { postRoutes } from './post/post.http.js';
import { vacatePost } from './post/vacate-post.js';
import { breachClockWhenLimitPasses } from './reactions/breach-clock-when-limit-passes.js';
import { changeWorkOrdersWhenTicketWorkChanges } from './reactions/change-work-orders-when-ticket-work-changes.js';
import { escalateTicketWhenStepIsDue } from './reactions/escalate-ticket-when-step-is-due.js';
import { forgetWorkOrderWhenWithdrawn } from './reactions/forget-work-order-when-withdrawn.js';
import { handOverPostsWhenStaffLeft } from './reactions/hand-over-posts-when-staff-left.js';
import { keepClocksWhenTicketChanges } from './reactions/keep-clocks-when-ticket-changes.js';
import { keepClocksWhenWorkMoves } from './reactions/keep-clocks-when-work-moves.js';
import { moveWorkWhenTicketChanges } from './reactions/move-work-when-ticket-changes.js';
import { noteTransferWhenClockMoves } from './reactions/note-transfer-when-clock-moves.js';
import { passOnChaseWhenWorkOrderChased } from './reactions/pass-on-chase-when-work-order-chased.js';
import { passOnSupervisionWhenOrdered } from './reactions/pass-on-supervision-when-ordered.js';
import { relieveStaffWhenPostPasses } from './reactions/relieve-staff-when-post-passes.js';
import { warnClockWhenLimitComesNear } from './reactions/warn-clock-when-limit-comes-near.js';
import { routeUtility } from './routing/route-utility.js';
import { routingRoutes } from './routing/routing.http.js';
import { changeStaffContact } from './staff/change-staff-contact.js';
import { grantRoles } from './staff/grant-roles.js';
import { registerStaff } from './staff/register-staff.js';
import { releaseStaff } from './staff/release-staff.js';
import { relieveStaff } from './staff/relieve-staff.js';
import { setPassword } from './staff/set-password.js';
import { staffRoutes } from './staff/staff.http.js';
import { transferStaff } from './staff/transfer-staff.js';
import { chaseTicketWork } from './ticket-work/chase-ticket-work.js';
import { endTicketWork } from './ticket-work/end-ticket-work.js';
import { noteTicket } from './ticket-work/note-ticket.js';
import { prioritiseTicketWork } from './ticket-work/prioritise-ticket-work.js';
import { reclassifyTicketWork } from './ticket-work/reclassify-ticket-work.js';
import { reworkTicket } from './ticket-work/rework-ticket.js';
import { workTicket } from './ticket-work/work-ticket.js';
import { registerUnit } from './unit/register-unit.js';
import { renameUnit } from './unit/rename-unit.js';
import { unitRoutes } from './unit/unit.http.js';
import { clocksView } from './views/clocks.view.js';
import { credentialsView } from './views/credentials.view.js';
import { crewBoardView } from './views/crew-board.view.js';
import { escalationsView } from './views/escalations.view.js';
import { gridsView } from './views/grids.view.js';
import { lateTicketsView } from './views/late-tickets.view.js';
import { limitsView } from './views/limits.view.js';
import { postsView } from './views/posts.view.js';
import { priorityCustomersView } from './views/priority-customers.view.js';
import { routingsView } from './views/routings.view.js';
import { staffView } from './views/staff.view.js';
import { unitsView } from './views/units.view.js';
import { workOrderTicketsView } from './views/work-order-tickets.view.js';
import { workOrdersView } from './views/work-orders.view.js';
import { addTicket } from './work-order/add-ticket.js';
import { appointVisit } from './work-order/appoint-visit.js';
import { arrive } from './work-order/arrive.js';
import { assignCrew } from './work-order/assign-crew.js';
import { chaseWorkOrder } from './work-order/chase-work-order.js';
import { depart } from './work-order/depart.js';
import { finishWork } from './work-order/finish-work.js';
import { issueWorkOrder } from './work-order/issue-work-order.js';
import { passOnChase } from './work-order/pass-on-chase.js';
import { prioritiseWorkOrder } from './work-order/prioritise-work-order.js';
import { reassignWorkOrder } from './work-order/reassign-work-order.js';
import { recordNoAccess } from './work-order/record-no-access.js';
import { removeTicket } from './work-order/remove-ticket.js';
import { returnWorkOrder } from './work-order/return-work-order.js';
import { retypeWorkOrder } from './work-order/retype-work-order.js';
import { signFor } from './work-order/sign-for.js';
import { withdrawWorkOrder } from './work-order/withdraw-work-order.js';
import { workOrderRoutes } from './work-order/work-order.http.js';

/** Who works where, which crew does what, and whether it is done in time. */
export const dispatch = defineService({
  name: 'dispatch',
  routes: [
    ...unitRoutes,
    ...staffRoutes,
    ...postRoutes,
    ...gridRoutes,
    ...routingRoutes,
    ...workOrderRoutes,
    ...clockRoutes,
  ],
  commands: [
    registerUnit,
    renameUnit,
    registerStaff,
    changeStaffContact,
    transferStaff,
    grantRoles,
    releaseStaff,
    relieveStaff,
    setPassword,
    holdPost,
    vacatePost,
    handOverPost,
    defineGrid,
    reassignGrid,
    routeUtility,
    noteTicket,
    workTicket,
    reclassifyTicketWork,
    chaseTicketWork,
    prioritiseTicketWork,
    endTicketWork,
    reworkTicket,
    issueWorkOrder,
    addTicket,
    removeTicket,
    retypeWorkOrder,
    prioritiseWorkOrder,
    assignCrew,
    signFor,
    appointVisit,
    depart,
    arrive,
    recordNoAccess,
    finishWork,
    returnWorkOrder,
    reassignWorkOrder,
    chaseWorkOrder,
    passOnChase,
    withdrawWorkOrder,
    breachClock,
    endClocks,
    handOverClock,
    escalateTicket,
    extendDeadline,
    meetDeadline,
    moveClock,
    noteTransfer,
    passOnSupervision,
    pauseDeadline,
    reclassifyClocks,
    replaceArrivalBySlot,
    restartClocks,
    startClocks,
    superviseTicket,
    warnClock,
    withdrawRestoring,
  ],
  views: [
    unitsView,
    staffView,
    credentialsView,
    postsView,
    gridsView,
    routingsView,
    priorityCustomersView,
    workOrdersView,
    workOrderTicketsView,
    crewBoardView,
    clocksView,
    limitsView,
    lateTicketsView,
    escalationsView,
  ],
  reactions: [
    moveWorkWhenTicketChanges,
    changeWorkOrdersWhenTicketWorkChanges,
    forgetWorkOrderWhenWithdrawn,
    passOnChaseWhenWorkOrderChased,
    handOverPostsWhenStaffLeft,
    relieveStaffWhenPostPasses,
    breachClockWhenLimitPasses,
    escalateTicketWhenStepIsDue,
    keepClocksWhenTicketChanges,
    keepClocksWhenWorkMoves,
    noteTransferWhenClockMoves,
    passOnSupervisionWhenOrdered,
    warnClockWhenLimitComesNear,
  ],
  effects: [],
});
