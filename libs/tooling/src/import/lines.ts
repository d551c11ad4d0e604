import { parse } from 'csv-parse/sync';

/** A record of the file: its fields, and the physical line it begins on. */
export interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A line that is no record. */
export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

const LONGEST_RECORD = 1_048_576;

/**
 * Reads CSV as a stream: UTF-8 with or without a byte order mark, quotes, line breaks inside quotes, either line
 * end. The first record is the header; every other has as many fields. A quote that is opened and never closed
 * would swallow the records after it; here only its own line is lost, and reading goes on with the next.
 */
export async function* readRows(
  chunks: AsyncIterable<Buffer | string>,
): AsyncGenerator<Row | BadLine> {
  const waiting: Physical[] = [];
  let isFirst = true;
  let width: number | null = null;
  const take = function* (isEnd: boolean): Generator<Row | BadLine> {
    for (let next = record(waiting, isEnd, width); next; next = record(waiting, isEnd, width)) {
      const { result, used } = next;
      waiting.splice(0, used);
      if (!result) continue;
      if ('fields' in result) width ??= result.fields.length;
      yield result;
    }
  };
  for await (const physical of physicalLines(chunks)) {
    if (isFirst && physical.text !== null)
      waiting.push({ ...physical, text: physical.text.replace(/^\uFEFF/, '') });
    else waiting.push(physical);
    isFirst = false;
    yield* take(false);
  }
  yield* take(true);
}

interface Physical {
  readonly line: number;
  /** Null where the bytes are not UTF-8. */
  readonly text: string | null;
}

interface Taken {
  /** Null for a blank line. */
  readonly result: Row | BadLine | null;
  readonly used: number;
}

/** The next record of the lines that wait, or null where more lines are needed. */
function record(waiting: readonly Physical[], isEnd: boolean, width: number | null): Taken | null {
  const [first] = waiting;
  if (!first) return null;
  const bad = (reason: string): Taken => ({ result: { line: first.line, reason }, used: 1 });
  let text = '';
  let quotes = 0;
  for (const [index, next] of waiting.entries()) {
    const fault = faultOf(next, text.length);
    if (fault !== null) return bad(index === 0 ? fault : OPEN_QUOTE);
    text += index === 0 ? next.text : `\n${next.text}`;
    quotes += count(next.text ?? '', '"');
    if (quotes % 2 === 0) return whole({ line: first.line, text, used: index + 1 }, width);
  }
  return isEnd ? bad(OPEN_QUOTE) : null;
}

function faultOf({ text }: Physical, before: number): string | null {
  if (text === null) return NOT_UTF8;
  return before + text.length > LONGEST_RECORD ? TOO_LONG : null;
}

/** A record whose quotes are even. Where it is none, only its first line is given up. */
function whole(
  { line, text, used }: { line: number; text: string; used: number },
  width: number | null,
): Taken {
  if (used === 1 && text.trim() === '') return { result: null, used };
  const fields = fieldsOf(text);
  if (typeof fields === 'string') return { result: { line, reason: fields }, used: 1 };
  if (width === null || fields.length === width) return { result: { line, fields }, used };
  const reason = `${fields.length} fields where the header has ${width} 列数与表头不符`;
  return { result: { line, reason }, used: 1 };
}

const NOT_UTF8 = 'the bytes are not UTF-8 编码不是 UTF-8';
const TOO_LONG = 'longer than 1 MiB 超过 1 MiB';
const OPEN_QUOTE = 'a quote is opened and never closed 引号没有闭合';

function fieldsOf(text: string): string[] | string {
  try {
    const rows = parse(text, { relax_column_count: true }) as string[][];
    return rows.length === 1 && rows[0]
      ? rows[0]
      : 'a quote stands in the wrong place 引号位置不对';
  } catch {
    return 'a quote stands in the wrong place 引号位置不对';
  }
}

function count(text: string, character: string): number {
  let n = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) n++;
  return n;
}

/** Splits bytes at line feeds and reads each line as UTF-8 on its own, so that one bad line spoils no other. */
async function* physicalLines(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<Physical> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let pieces: Buffer[] = [];
  let line = 0;
  const decode = (bytes: Buffer): Physical => {
    line += 1;
    const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
    try {
      return { line, text: decoder.decode(bytes.subarray(0, end)) };
    } catch {
      return { line, text: null };
    }
  };
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk);
    for (let at = rest.indexOf(0x0a); at >= 0; at = rest.indexOf(0x0a)) {
      yield decode(Buffer.concat([...pieces, rest.subarray(0, at)]));
      pieces = [];
      rest = rest.subarray(at + 1);
    }
    if (rest.length) pieces.push(rest);
  }
  if (pieces.length) yield decode(Buffer.concat(pieces));
}
