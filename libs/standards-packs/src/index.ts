import { fileURLToPath } from 'node:url';

/** Folder that holds the shipped packs and the clause catalogue: this project itself, which is data. */
export const packsFolder: string = fileURLToPath(new URL('../', import.meta.url));
