import { fileURLToPath } from 'node:url';

/** Where the reviewed SQL lives, for both engines. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
