import { GraphError } from '../graph/ask';
import { errorsOf } from '../graph/endpoint';
import { parseJson } from '../graph/json';

/** A file as the server has kept it. */
export interface KeptFile {
  id: string;
  name: string;
  mediaType: string;
}

/** The files that the server keeps, as a browser offers them; it finds the type from the content all the same. */
export const KEPT_TYPES = '.pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg,.tif,.tiff,.txt';

/** Hands a file to the server, which refuses what is too large or of a type it does not keep; tells how much of it, from 0 to 1, is on its way. */
export function storeFile(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<KeptFile> {
  return new Promise((resolve, reject) => {
    // Only this older interface tells how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', `/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      const body = parseJson(request.responseText) ?? null;
      const [first] = errorsOf(body);
      if (first) reject(new GraphError(first.code ?? 'INTERNAL_SERVER_ERROR', first.message, first.messageAr, first.requestId));
      else if (request.status !== 201) reject(new Error(`HTTP ${request.status} ${request.statusText}`));
      else resolve(body as unknown as KeptFile);
    };
    request.onerror = () => reject(new Error('the connection was lost'));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
