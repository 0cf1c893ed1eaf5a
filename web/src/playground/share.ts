import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate';

/** What a shared link carries. Request headers are left out on purpose: they may hold a token. */
export interface SharedOperation {
  query: string;
  variables: string;
}

const PREFIX = '#q=';
const FORMAT = 1;
/** Links are made by people and machines we do not know: nothing larger than this is unpacked. */
const MAX_TEXT = 256 * 1024;

/**
 * The fragment of a link that opens an operation: JSON, deflated, in URL-safe base64. A fragment never reaches the
 * server or its log.
 */
export function toFragment(operation: SharedOperation): string {
  const json = JSON.stringify([FORMAT, operation.query, operation.variables]);
  return PREFIX + toBase64Url(deflateSync(strToU8(json), { level: 9 }));
}

/** The operation of a link's fragment; null if there is none or if it is damaged. */
export function fromFragment(fragment: string): SharedOperation | null {
  if (!fragment.startsWith(PREFIX)) return null;
  try {
    const content: unknown = JSON.parse(inflate(fromBase64Url(fragment.slice(PREFIX.length))));
    if (!Array.isArray(content)) return null;
    const [format, query, variables] = content as unknown[];
    if (format !== FORMAT || typeof query !== 'string' || typeof variables !== 'string') return null;
    return { query, variables };
  } catch {
    return null;
  }
}

/** Whether an address claims to carry an operation, be it readable or not. */
export function isSharedFragment(fragment: string): boolean {
  return fragment.startsWith(PREFIX);
}

function inflate(packed: Uint8Array): string {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    size += chunk.length;
    if (size > MAX_TEXT) throw new RangeError('the link holds more text than an operation may have');
    chunks.push(chunk);
    ended ||= final;
  });
  // In small steps, so that a tiny link cannot unpack into something huge before the limit is seen.
  const step = 1024;
  for (let start = 0; start < packed.length; start += step) {
    stream.push(packed.subarray(start, start + step), start + step >= packed.length);
  }
  if (!ended) throw new RangeError('the link is cut off');
  const all = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return strFromU8(all);
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
