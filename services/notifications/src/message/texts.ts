// What staff are told, by kind of message. The placeholders are those of the contracts' sentences; `clauses` are the
// clause ids of the standard that the instant came from.
import type { MessageKind } from '@shouwen/contracts';

interface Text {
  readonly en: string;
  readonly zh: string;
}

export const TEXTS: Readonly<Record<MessageKind, Text>> = {
  'clock-warned': {
    en: 'Ticket {number} ({typeCode|type}): “{stage}” is due by {dueAt|date} and not done yet. Clause: {clauses}.',
    zh: '工单{number}（{typeCode|type}）：“{stage}”应于{dueAt|date}前完成，目前尚未完成，请抓紧处理。依据条款：{clauses}。',
  },
  'clock-breached': {
    en: 'Ticket {number} ({typeCode|type}): the limit for “{stage}” passed unmet at {dueAt|date}. Clause: {clauses}.',
    zh: '工单{number}（{typeCode|type}）：“{stage}”时限已于{dueAt|date}超期，请立即处理。依据条款：{clauses}。',
  },
  'clock-withdrawn': {
    en: 'Correction, ticket {number}: the limit for “{stage}” at {dueAt|date}, reported to you as missed, does not apply ({because}). Clause: {clauses}.',
    zh: '更正：工单{number}此前通知您“{stage}”时限（{dueAt|date}）超期，现该时限不再适用（{because}）。依据条款：{clauses}。',
  },
  'breach-withdrawn': {
    en: 'Correction, ticket {number}: the limit for “{stage}” at {dueAt|date}, reported to you as missed, was kept: done at {metAt|date}. Clause: {clauses}.',
    zh: '更正：工单{number}此前通知您“{stage}”时限（{dueAt|date}）超期，现经补报证实已于{metAt|date}按时完成。依据条款：{clauses}。',
  },
  'ticket-escalated': {
    en: 'Ticket {number} ({typeCode|type}) has not been handled for {hours} h and is escalated to you ({post}) as of {dueAt|date}. Clause: {clauses}.',
    zh: '工单{number}（{typeCode|type}）已{hours}小时未处理，于{dueAt|date}升级至您（{post}），请督促处理。依据条款：{clauses}。',
  },
  'escalation-withdrawn': {
    en: 'Correction, ticket {number}: the {hours} h escalation of {dueAt|date} is withdrawn; the matter had been handled at {handledAt|date}. Clause: {clauses}.',
    zh: '更正：工单{number}于{dueAt|date}的{hours}小时升级予以撤销，该事项已于{handledAt|date}处理。依据条款：{clauses}。',
  },
  'ticket-supervised': {
    en: 'Ticket {number} ({typeCode|type}) is now supervised; read the instruction in the ticket.',
    zh: '工单{number}（{typeCode|type}）已列入督办，督办要求请在工单中查看。',
  },
  'work-order-chased': {
    en: 'Ticket {number}: the customer presses for the work (chase no. {count}). Please see to it.',
    zh: '工单{number}：客户催办，累计{count}次，请尽快处理。',
  },
  'ticket-chased': {
    en: 'Ticket {number}, for which you answer: the customer presses for it (chase no. {count}).',
    zh: '您首问负责的工单{number}：客户催办，累计{count}次，请跟进。',
  },
};
