// What the engine itself records in a service's log.
import { IsArray, IsInt, IsString } from 'class-validator';
import { defineEvent } from './event.js';

/** First event of every log: which durable names the release knew that made it. Those read from the beginning, a name
 * that comes later starts at the head. */
class LogStartedV1 {
  @IsString() name!: string;
  @IsString() logId!: string;
  @IsArray() @IsString({ each: true }) consumers!: string[];
}

export const LogStarted = defineEvent({
  type: 'engine.log-started',
  version: 1,
  visibility: 'service',
  data: LogStartedV1,
  key: 'name',
  says: { en: 'The log {name} was started.', zh: '日志 {name} 已建立。' },
});

/** An administrator had parked work of one key tried again, or dropped its first event. */
class ParkedWorkHandledV1 {
  @IsString() consumer!: string;
  @IsString() workKey!: string;
  @IsString() action!: string;
  @IsInt() handled!: number;
  @IsInt() left!: number;
}

export const ParkedWorkHandled = defineEvent({
  type: 'engine.parked-work-handled',
  version: 1,
  visibility: 'service',
  data: ParkedWorkHandledV1,
  key: 'consumer',
  says: {
    en: 'Parked work of {consumer} was handled ({action}): {handled} done, {left} left.',
    zh: '已处理 {consumer} 的滞留事项（{action}）：完成 {handled} 件，剩余 {left} 件。',
  },
});

export const engineEvents = [LogStarted, ParkedWorkHandled] as const;
