import { talk } from '../graph/talk';

/** A file as the server has kept it. */
export interface KeptFile {
  id: string;
  name: string;
  mediaType: string;
}

/** Hands a file to the server, which refuses what is too large or of a type it does not keep. */
export const storeFile = (file: File): Promise<KeptFile> =>
  talk<KeptFile>(`/files?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'Content-Type': file.type || 'application/octet-stream' }, body: file });
